import type { Cases } from "./world.ts";

const LONG = "x".repeat(257);
const UNKNOWN = "0".repeat(32);

/** Services, users and their roles. */
export const SERVICE_CASES = {
  NOT_FOUND: {
    rest: (w) => w.get(`/v1/Services/IS${UNKNOWN}`),
    graphql: (w) => w.mutate("deleteService", { sid: `IS${UNKNOWN}` }),
  },
  DEFAULT_SERVICE: {
    rest: async (w) => w.delete(`/v1/Services/${await w.defaultService()}`),
    graphql: async (w) => w.mutate("deleteService", { sid: await w.defaultService() }),
  },
  FRIENDLY_NAME_MISSING: {
    rest: (w) => w.post("/v1/Services"),
    graphql: (w) => w.mutate("createService", { friendlyName: "" }),
  },
  FRIENDLY_NAME_TOO_LONG: {
    rest: (w) => w.post("/v1/Services", { FriendlyName: LONG }),
    graphql: (w) => w.mutate("createService", { friendlyName: LONG }),
  },
  ROLE_NOT_FOUND: {
    rest: (w) => w.post("/v1/Users", { Identity: "ann", RoleSid: `RL${UNKNOWN}` }),
    graphql: (w) => w.mutate("createUser", { identity: "ann", roleSid: `RL${UNKNOWN}` }),
  },
  ROLE_TYPE_INVALID: {
    rest: async (w) => w.post("/v1/Users", { Identity: "ann", RoleSid: await w.conversationRole() }),
    graphql: async (w) => w.mutate("createUser", { identity: "ann", roleSid: await w.conversationRole() }),
  },
  USER_EXISTS: {
    rest: async (w) => {
      await w.post("/v1/Users", { Identity: "ann" });
      return w.post("/v1/Users", { Identity: "ann" });
    },
    graphql: async (w) => {
      await w.post("/v1/Users", { Identity: "ann" });
      return w.mutate("createUser", { identity: "ann" });
    },
  },
  IDENTITY_RESERVED: {
    rest: (w) => w.post("/v1/Users", { Identity: ".." }),
    graphql: (w) => w.mutate("createUser", { identity: ".." }),
  },
  IDENTITY_MISSING: {
    rest: (w) => w.post("/v1/Users"),
    graphql: (w) => w.mutate("createUser", { identity: "" }),
  },
  IDENTITY_MATCHES_SID: {
    rest: (w) => w.post("/v1/Users", { Identity: `US${UNKNOWN}` }),
    graphql: (w) => w.mutate("createUser", { identity: `US${UNKNOWN}` }),
  },
  IDENTITY_TOO_LONG: {
    rest: (w) => w.post("/v1/Users", { Identity: LONG }),
    graphql: (w) => w.mutate("createUser", { identity: LONG }),
  },
  ATTRIBUTES_TOO_LONG: {
    rest: (w) => w.post("/v1/Users", { Identity: "ann", Attributes: `"${"x".repeat(16_384)}"` }),
    graphql: (w) => w.mutate("createUser", { identity: "ann", attributes: "x".repeat(16_384) }),
  },
  ATTRIBUTES_INVALID: {
    rest: (w) => w.post("/v1/Users", { Identity: "ann", Attributes: "{" }),
    graphql: (w) => w.mutate("createUser", { identity: "ann", attributesText: "{" }),
  },
} satisfies Cases;
