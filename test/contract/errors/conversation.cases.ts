import type { Form } from "../../setup/clients.ts";
import type { Cases } from "./world.ts";

/** A new conversation that is refused, in the words of both doors. */
const creation = (form: Form, input: Record<string, unknown>): Cases[string] => ({
  rest: (w) => w.post("/v1/Conversations", form),
  graphql: (w) => w.mutate("createConversation", input),
});
const SID = `CH${"0".repeat(32)}`;
const LONG = "x".repeat(257);

export const CONVERSATION_CASES = {
  UNIQUE_NAME_INVALID: creation({ UniqueName: LONG }, { uniqueName: LONG }),
  UNIQUE_NAME_MATCHES_SID: creation({ UniqueName: SID }, { uniqueName: SID }),
  UNIQUE_NAME_EXISTS: {
    rest: async (w) => {
      await w.conversation({ UniqueName: "taken" });
      return w.post("/v1/Conversations", { UniqueName: "taken" });
    },
    graphql: async (w) => {
      await w.conversation({ UniqueName: "taken" });
      return w.mutate("updateConversation", { sid: await w.conversation(), uniqueName: "taken" });
    },
  },
  DATE_CREATED_INVALID: creation({ DateCreated: "yesterday" }, { dateCreated: "yesterday" }),
  DATE_UPDATED_INVALID: creation(
    { DateUpdated: "2026-02-30T00:00:00Z" },
    { dateUpdated: "2026-02-30T00:00:00Z" },
  ),
  MESSAGING_SERVICE_SID_INVALID: creation({ MessagingServiceSid: SID }, { messagingServiceSid: SID }),
  STATE_EMPTY: creation({ State: "" }, { state: null }),
  STATE_INVALID: { rest: (w) => w.post("/v1/Conversations", { State: "initializing" }), graphql: null },
  INITIAL_STATE_CLOSED: creation({ State: "closed" }, { state: "CLOSED" }),
  TIMERS_WITHOUT_STATE: creation({ "Timers.Inactive": "PT1H" }, { timers: { inactive: "PT1H" } }),
  TIMER_INACTIVE_TOO_SHORT: creation(
    { State: "active", "Timers.Inactive": "PT59S" },
    { state: "ACTIVE", timers: { inactive: "PT59S" } },
  ),
  TIMER_CLOSED_TOO_SHORT: creation(
    { State: "active", "Timers.Closed": "PT9M59S" },
    { state: "ACTIVE", timers: { closed: "PT9M59S" } },
  ),
  TIMER_INACTIVE_INVALID: creation(
    { State: "active", "Timers.Inactive": "P1M" },
    { state: "ACTIVE", timers: { inactive: "P1M" } },
  ),
  TIMER_CLOSED_INVALID: creation(
    { State: "active", "Timers.Closed": "soon" },
    { state: "ACTIVE", timers: { closed: "soon" } },
  ),
  CONVERSATION_CLOSED: {
    rest: async (w) => w.post(`/v1/Conversations/${await w.closed()}`, { FriendlyName: "Late" }),
    graphql: async (w) => w.mutate("updateConversation", { sid: await w.closed(), friendlyName: "Late" }),
  },
} satisfies Cases;
