import type { Form } from "../../setup/clients.ts";
import { phoneNumber } from "../objects.ts";
import type { Cases, World } from "./world.ts";

interface Who {
  readonly identity?: string;
  readonly messagingBinding?: {
    readonly address?: string;
    readonly proxyAddress?: string;
    readonly projectedAddress?: string;
  };
}

function formOf({ identity, messagingBinding = {} }: Who): Form {
  const { address, proxyAddress, projectedAddress } = messagingBinding;
  return {
    ...(identity !== undefined && { Identity: identity }),
    ...(address !== undefined && { "MessagingBinding.Address": address }),
    ...(proxyAddress !== undefined && { "MessagingBinding.ProxyAddress": proxyAddress }),
    ...(projectedAddress !== undefined && { "MessagingBinding.ProjectedAddress": projectedAddress }),
  };
}

/** A participant that a conversation refuses; the conversation is a new one, or made so by `where`. */
const joining = (who: Who, where = (w: World) => w.conversation()): Cases[string] => ({
  rest: async (w) => w.post(`/v1/Conversations/${await where(w)}/Participants`, formOf(who)),
  graphql: async (w) => w.mutate("addParticipant", { conversationSid: await where(w), ...who }),
});

/** A change that a participant refuses. */
const changing = (who: Who, form: Form, input: Record<string, unknown>): Cases[string] => ({
  rest: async (w) => w.post((await w.joined(formOf(who))).path, form),
  graphql: async (w) => {
    const { conversation, sid } = await w.joined(formOf(who));
    return w.mutate("updateParticipant", { conversationSid: conversation, sid, ...input });
  },
});

const PHONE = "+15558675310";
const PROXY = "+15017122661";
const ann: Who = { identity: "ann" };
const native: Who = { messagingBinding: { address: PHONE } };
const pair: Who = { messagingBinding: { address: PHONE, proxyAddress: PROXY } };
const projected: Who = { messagingBinding: { projectedAddress: PROXY } };
const bound = (address?: string, proxyAddress?: string): Who => ({
  messagingBinding: { address, proxyAddress },
});

const holding = (who: Who) => async (w: World) => {
  const sid = await w.conversation();
  await w.participant(sid, formOf(who));
  return sid;
};

/** Participants whom a conversation can't be made with. */
const startingWith = (
  some: readonly Who[],
  before = async (_: World): Promise<unknown> => null,
): Cases[string] => ({
  rest: async (w) => {
    await before(w);
    const Participant = some.map(({ identity, messagingBinding: { address, proxyAddress } = {} }) =>
      JSON.stringify({ identity, messaging_binding: { address, proxy_address: proxyAddress } }),
    );
    return w.post("/v1/ConversationWithParticipants", { Participant });
  },
  graphql: async (w) => {
    await before(w);
    return w.mutate("createConversationWithParticipants", { participants: some });
  },
});

export const PARTICIPANT_CASES = {
  PARTICIPANT_JSON_INVALID: {
    rest: (w) => w.post("/v1/ConversationWithParticipants", { Participant: "ann" }),
    graphql: null,
  },
  PAIRS_IN_USE: startingWith([ann, pair], (w) => holding(pair)(w)),
  TOO_MANY_PARTICIPANTS: startingWith(Array.from({ length: 11 }, (_, n) => ({ identity: `user ${n}` }))),
  IDENTITY_WITH_ADDRESS: joining({ ...ann, ...native }),
  ADDRESS_INVALID: joining(bound("0900", PROXY)),
  PROXY_ADDRESS_INVALID: joining(bound(PHONE, "0900")),
  ADDRESS_EQUALS_PROXY: joining(bound(PHONE, PHONE)),
  ADDRESS_EMPTY: joining(bound(undefined, PROXY)),
  PROXY_ADDRESS_EMPTY: joining(bound("whatsapp:+15558675310")),
  ADDRESS_TYPES_DIFFER: joining(bound("whatsapp:+15558675310", PROXY)),
  PROXY_ADDRESS_UNSUPPORTED: joining(bound("email:ann@example.com", "email:visit@example.com")),
  PARTICIPANT_EXISTS: joining(ann, holding(ann)),
  GROUP_PARTICIPANT_EXISTS: joining(native, holding(native)),
  BINDING_EXISTS: joining(pair, async (w) => {
    await holding(pair)(w);
    return w.conversation();
  }),
  PARTICIPANT_LIMIT: joining(ann, async (w) => {
    const sid = await w.conversation();
    await w.crowded(sid, 999);
    await w.participant(sid, { Identity: "the thousandth" });
    return sid;
  }),
  NON_CHAT_PARTICIPANT_LIMIT: joining(native, async (w) => {
    const sid = await w.conversation();
    for (let i = 0; i < 50; i++) await w.participant(sid, { "MessagingBinding.Address": phoneNumber() });
    return sid;
  }),
  IDENTITY_NOT_ADDABLE: changing(native, { Identity: "ann" }, { identity: "ann" }),
  PROXY_ADDRESS_NOT_REMOVABLE: changing(
    ann,
    { "MessagingBinding.ProxyAddress": "null" },
    { messagingBinding: { proxyAddress: null } },
  ),
  PROXY_ADDRESS_NOT_ADDABLE: changing(
    ann,
    { "MessagingBinding.ProxyAddress": PROXY },
    { messagingBinding: { proxyAddress: PROXY } },
  ),
  PROJECTED_ADDRESS_NOT_REMOVABLE: changing(
    projected,
    { "MessagingBinding.ProjectedAddress": "null" },
    { messagingBinding: { projectedAddress: null } },
  ),
  PROJECTED_ADDRESS_NOT_ADDABLE: changing(
    native,
    { "MessagingBinding.ProjectedAddress": PROXY },
    { messagingBinding: { projectedAddress: PROXY } },
  ),
  LAST_READ_INDEX_INVALID: changing(ann, { LastReadMessageIndex: "-1" }, { lastReadMessageIndex: -1 }),
  NOTIFICATION_LEVEL_INVALID: {
    rest: async (w) => {
      const { conversation } = await w.joined({ Identity: "ann" });
      return w.post(`/v1/Users/ann/Conversations/${conversation}`, { NotificationLevel: "loud" });
    },
    graphql: null,
  },
} satisfies Cases;
