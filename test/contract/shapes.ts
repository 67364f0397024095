import { z } from "zod";

/**
 * What the published API shows of each resource, property by property: its type, its format, and whether it may be
 * null here. Every object is strict: none is missing, none is more. `base` is what URLs begin with.
 */
const sid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`));
const dateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const text = z.string();
const texts = z.array(text);
const count = z.int().nonnegative();
const state = z.enum(["active", "inactive", "closed"]);
const timers = z.strictObject({ date_inactive: dateTime.optional(), date_closed: dateTime.optional() });
const dates = { date_created: dateTime, date_updated: dateTime };
const urlsOf = (base: string) => {
  const url = z.url().startsWith(`${base}/`);
  const links = <N extends string>(...names: N[]) =>
    z.strictObject(Object.fromEntries(names.map((name) => [name, url])));
  return { url, links };
};

const conversation = (base: string, ...more: string[]) => {
  const { url, links } = urlsOf(base);
  return z.strictObject({
    account_sid: sid("AC"),
    chat_service_sid: sid("IS"),
    messaging_service_sid: sid("MG").nullable(),
    sid: sid("CH"),
    friendly_name: text.nullable(),
    unique_name: text.nullable(),
    attributes: text,
    state,
    ...dates,
    timers,
    bindings: z.strictObject({
      email: z.strictObject({ address: text.nullable(), name: text.nullable() }).optional(),
    }),
    url,
    links: links("participants", "messages", "webhooks", ...more),
  });
};

/** Below a service, these show the service's SID too. */
const ofService = (scoped: boolean) => (scoped ? { chat_service_sid: sid("IS") } : {});

const participant = (base: string, scoped: boolean) =>
  z.strictObject({
    account_sid: sid("AC"),
    ...ofService(scoped),
    conversation_sid: sid("CH"),
    sid: sid("MB"),
    identity: text.nullable(),
    attributes: text,
    // Only what is set.
    messaging_binding: z
      .strictObject({
        type: text,
        address: text.optional(),
        proxy_address: text.optional(),
        projected_address: text.optional(),
      })
      .nullable(),
    role_sid: sid("RL").nullable(),
    last_read_message_index: count.nullable(),
    last_read_timestamp: text.nullable(),
    ...dates,
    url: urlsOf(base).url,
  });

const message = (base: string, scoped: boolean) =>
  z.strictObject({
    account_sid: sid("AC"),
    ...ofService(scoped),
    conversation_sid: sid("CH"),
    sid: sid("IM"),
    index: count,
    author: text.nullable(),
    body: text.nullable(),
    media: z.null(),
    attributes: text,
    participant_sid: sid("MB").nullable(),
    ...dates,
    delivery: z.null(),
    content_sid: z.null(),
    url: urlsOf(base).url,
    links: urlsOf(base).links("delivery_receipts", "channel_metadata"),
  });

const user = (base: string) =>
  z.strictObject({
    sid: sid("US"),
    account_sid: sid("AC"),
    chat_service_sid: sid("IS"),
    role_sid: sid("RL"),
    identity: text,
    friendly_name: text.nullable(),
    attributes: text,
    is_online: z.boolean().nullable(),
    is_notifiable: z.boolean().nullable(),
    ...dates,
    url: urlsOf(base).url,
    links: urlsOf(base).links("user_conversations"),
  });

const userConversation = (base: string) =>
  z.strictObject({
    account_sid: sid("AC"),
    chat_service_sid: sid("IS"),
    conversation_sid: sid("CH"),
    unread_messages_count: count.max(1000).nullable(),
    last_read_message_index: count.nullable(),
    participant_sid: sid("MB"),
    user_sid: sid("US"),
    friendly_name: text.nullable(),
    conversation_state: state,
    timers,
    attributes: text,
    ...dates,
    created_by: text,
    notification_level: z.enum(["default", "muted"]),
    unique_name: text.nullable(),
    url: urlsOf(base).url,
    links: urlsOf(base).links("participant", "conversation"),
  });

const participantConversation = (base: string) =>
  z.strictObject({
    account_sid: sid("AC"),
    chat_service_sid: sid("IS"),
    participant_sid: sid("MB"),
    participant_user_sid: sid("US").nullable(),
    participant_identity: text.nullable(),
    // All, set or not.
    participant_messaging_binding: z
      .strictObject({
        address: text.nullable(),
        proxy_address: text.nullable(),
        type: text,
        level: text.nullable(),
        name: text.nullable(),
        projected_address: text.nullable(),
      })
      .nullable(),
    conversation_sid: sid("CH"),
    conversation_unique_name: text.nullable(),
    conversation_friendly_name: text.nullable(),
    conversation_attributes: text,
    conversation_date_created: dateTime,
    conversation_date_updated: dateTime,
    conversation_created_by: text,
    conversation_state: state,
    conversation_timers: timers,
    links: urlsOf(base).links("participant", "conversation"),
  });

const role = (base: string) =>
  z.strictObject({
    sid: sid("RL"),
    account_sid: sid("AC"),
    chat_service_sid: sid("IS"),
    friendly_name: text,
    type: z.enum(["conversation", "service"]),
    permissions: texts,
    ...dates,
    url: urlsOf(base).url,
  });

const service = (base: string) =>
  z.strictObject({
    account_sid: sid("AC"),
    sid: sid("IS"),
    friendly_name: text,
    ...dates,
    url: urlsOf(base).url,
    links: urlsOf(base).links(
      "conversations",
      "users",
      "roles",
      "bindings",
      "configuration",
      "participant_conversations",
      "conversation_with_participants",
    ),
  });

const accountConfiguration = (base: string) =>
  z.strictObject({
    account_sid: sid("AC"),
    default_chat_service_sid: sid("IS"),
    default_messaging_service_sid: sid("MG").nullable(),
    default_inactive_timer: text.nullable(),
    default_closed_timer: text.nullable(),
    url: urlsOf(base).url,
    links: urlsOf(base).links("service", "webhooks"),
  });

const serviceConfiguration = (base: string) =>
  z.strictObject({
    chat_service_sid: sid("IS"),
    default_conversation_creator_role_sid: sid("RL"),
    default_conversation_role_sid: sid("RL"),
    default_chat_service_role_sid: sid("RL"),
    reachability_enabled: z.boolean(),
    url: urlsOf(base).url,
    links: urlsOf(base).links("notifications", "webhooks"),
  });

type Shape = (base: string, scoped: boolean) => z.ZodType;

/** The resource at each path, as in `/v1` and below a service; lists hold it under `key`. */
const SHAPES: Readonly<Record<string, { readonly one: Shape; readonly key?: string }>> = {
  "/Services": { one: service, key: "services" },
  "/Roles": { one: role, key: "roles" },
  "/Users": { one: user, key: "users" },
  "/Users/{UserSid}/Conversations": { one: userConversation, key: "conversations" },
  "/Conversations": { one: (base) => conversation(base, "export"), key: "conversations" },
  "/Conversations/{ConversationSid}/Participants": { one: participant, key: "participants" },
  "/Conversations/{ConversationSid}/Messages": { one: message, key: "messages" },
  "/ConversationWithParticipants": { one: (base) => conversation(base) },
  "/ParticipantConversations": { one: participantConversation, key: "conversations" },
  "/Configuration": { one: accountConfiguration },
  "/Services/{ChatServiceSid}/Configuration": { one: serviceConfiguration },
};

const meta = (base: string, key: string) => {
  const { url } = urlsOf(base);
  return z.strictObject({
    page: count,
    page_size: count.positive(),
    first_page_url: url,
    previous_page_url: url.nullable(),
    url,
    next_page_url: url.nullable(),
    key: z.literal(key),
  });
};

/** What an operation answers, by its method and its path below `/v1`; undefined where it is not known here. */
export function shapeOf(method: string, path: string, base: string, scoped: boolean): z.ZodType | undefined {
  const many = path.replace(/\/\{[^/]+\}$/, "");
  const shape = SHAPES[many];
  if (shape === undefined) return undefined;
  const one = shape.one(base, scoped);
  const { key } = shape;
  return method === "GET" && path === many && key !== undefined
    ? z.strictObject({ [key]: z.array(one).min(1), meta: meta(base, key) })
    : one;
}
