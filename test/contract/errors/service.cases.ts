import type { Cases } from "./world.ts";

const LONG = "x".repeat(257);
const UNKNOWN = "0".repeat(32);

const ROLE = { FriendlyName: "guest", Type: "conversation", Permission: "sendMessage" };

/** A default role that a service refuses. */
const configured = (name: string): Cases[string] => ({
  rest: async (w) =>
    w.post(`/v1/Services/${await w.defaultService()}/Configuration`, { [name]: `RL${UNKNOWN}` }),
  graphql: (w) => w.mutate("updateServiceConfiguration", { [`d${name.slice(1)}`]: `RL${UNKNOWN}` }),
});

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
  SERVICE_NOT_FOUND: {
    rest: (w) => w.post("/v1/Configuration", { DefaultChatServiceSid: `IS${UNKNOWN}` }),
    graphql: (w) => w.mutate("updateConfiguration", { defaultServiceSid: `IS${UNKNOWN}` }),
  },
  SERVICE_ROLE_NOT_FOUND: configured("DefaultChatServiceRoleSid"),
  CREATOR_ROLE_NOT_FOUND: configured("DefaultConversationCreatorRoleSid"),
  CONVERSATION_ROLE_NOT_FOUND: configured("DefaultConversationRoleSid"),
  ROLE_NOT_FOUND: {
    rest: (w) => w.post("/v1/Users", { Identity: "ann", RoleSid: `RL${UNKNOWN}` }),
    graphql: (w) => w.mutate("createUser", { identity: "ann", roleSid: `RL${UNKNOWN}` }),
  },
  PERMISSION_NOT_FOUND: {
    rest: (w) => w.post("/v1/Roles", { ...ROLE, Permission: "fly" }),
    graphql: (w) =>
      w.mutate("createRole", { friendlyName: "guest", type: "CONVERSATION", permissions: ["fly"] }),
  },
  DEFAULT_ROLE: {
    rest: async (w) => w.delete(`/v1/Roles/${await w.conversationRole()}`),
    graphql: async (w) => w.mutate("deleteRole", { sid: await w.conversationRole() }),
  },
  ROLE_IN_USE: {
    rest: async (w) => w.delete(`/v1/Roles/${await w.givenRole()}`),
    graphql: async (w) => w.mutate("deleteRole", { sid: await w.givenRole() }),
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
