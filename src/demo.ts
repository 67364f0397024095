import type { Context } from "./context.ts";
import { createConversation, listConversations } from "./conversations/resolvers.ts";
import { createMessage } from "./messages/resolvers.ts";
import { addParticipant } from "./participants/joining/resolvers.ts";
import { updateUserConversation } from "./user-conversations/resolvers.ts";
import { updateUser } from "./users/resolvers.ts";

interface DemoConversation {
  readonly friendlyName: string;
  readonly uniqueName: string;
  readonly attributes: object;
  readonly identities: readonly string[];
  readonly bindings: readonly (readonly [address: string, proxyAddress: string])[];
  readonly messages: readonly (readonly [author: string, body: string])[];
}

const SUPPORT = "+15550001111";
const CONVERSATIONS: readonly DemoConversation[] = [
  {
    friendlyName: "Where is my parcel?",
    uniqueName: "order-1001",
    attributes: { topic: "delivery", order: 1001 },
    identities: ["ann"],
    bindings: [["+15558675310", SUPPORT]],
    messages: [
      ["+15558675310", "Order 1001 has not come yet."],
      ["ann", "It is on its way."],
    ],
  },
  {
    friendlyName: "A refund, please",
    uniqueName: "order-1002",
    attributes: { topic: "refund", order: 1002 },
    identities: ["ann", "bob"],
    bindings: [["+15558675310", "+15550002222"]],
    messages: [["+15558675310", "I sent it back on Monday."]],
  },
  {
    friendlyName: "Question on WhatsApp",
    uniqueName: "order-1003",
    attributes: { topic: "question", order: 1003 },
    identities: ["bob"],
    bindings: [["whatsapp:+15558675311", `whatsapp:${SUPPORT}`]],
    messages: [["whatsapp:+15558675311", "Do you deliver on Saturdays?"]],
  },
  {
    friendlyName: "Support team",
    uniqueName: "team",
    attributes: { internal: true },
    identities: ["ann", "bob", "carol"],
    bindings: [],
    messages: [
      ["bob", "Who takes order 1002?"],
      ["carol", "I do."],
    ],
  },
];

export type DemoOutcome = "filled" | "kept";

/** A few conversations to look at, made as any caller would make them; an account that has any is kept as it is. */
export async function fillWithDemo(ctx: Context): Promise<DemoOutcome> {
  const { items } = await listConversations(ctx, {}, { limit: 1, direction: "forward" });
  if (items.length > 0) return "kept";
  for (const { identities, bindings, messages, attributes, ...names } of CONVERSATIONS) {
    const { sid } = await createConversation(ctx, { ...names, attributes: JSON.stringify(attributes) });
    for (const identity of identities) await addParticipant(ctx, { conversation: sid, identity });
    for (const [address, proxyAddress] of bindings) {
      await addParticipant(ctx, { conversation: sid, messagingBinding: { address, proxyAddress } });
    }
    for (const [author, body] of messages) await createMessage(ctx, { conversation: sid, author, body });
    // Everyone has read the first message, so that something is unread.
    for (const user of identities) {
      await updateUserConversation(ctx, { user, conversation: sid, lastReadMessageIndex: 0 });
    }
  }
  for (const [user, friendlyName] of [
    ["ann", "Ann"],
    ["bob", "Bob"],
    ["carol", "Carol"],
  ] as const) {
    await updateUser(ctx, { user, friendlyName });
  }
  return "filled";
}
