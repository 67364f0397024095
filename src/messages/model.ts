import { checkDate } from "../conversations/model.ts";
import { checkAttributes } from "../core/attributes.ts";
import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { parseSid } from "../core/sid.ts";
import { checkText, lengthOf } from "../core/text.ts";

/** Something said in a conversation, at its place there. */
export interface Message {
  readonly accountSid: string;
  readonly chatServiceSid: string;
  readonly conversationSid: string;
  readonly sid: string;
  /** From 0, in the order of arrival; never given twice, not even after a deletion. */
  readonly index: number;
  /** Identity or address of who said it, or `system`. */
  readonly author: string;
  /** The participant that the author was at that time; it may have gone since. */
  readonly participantSid: string | null;
  readonly body: string | null;
  readonly attributes: string;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

/** What most lists show of a message. */
export type LightMessage = Omit<Message, "accountSid" | "attributes" | "dateUpdated">;

interface MessageFields {
  /** Null or an empty text means `system`. */
  readonly author?: string | null;
  readonly body?: string | null;
  readonly attributes?: string | null;
  /** RFC 3339; for importing history. */
  readonly dateCreated?: string | null;
  readonly dateUpdated?: string | null;
}

export interface CreateMessageInput extends MessageFields {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
}

export interface UpdateMessageInput extends CreateMessageInput {
  /** SID only. */
  readonly message: string;
}

/** By index: `asc` as they came, `desc` newest first. */
export type MessageOrder = "asc" | "desc";

/** Who messages are of that no one else has said. */
export const SYSTEM = "system";
const AUTHOR_LIMIT = 256;
const BODY_LIMIT = 32_768;
export const ATTRIBUTES_LIMIT = 4096;

export interface CheckedMessage {
  readonly author: string | undefined;
  readonly body: string | undefined;
  readonly attributes: string | undefined;
  readonly dateCreated: Instant | undefined;
  readonly dateUpdated: Instant | undefined;
}

/** Judges every field by itself. @throws ApiError AUTHOR_TOO_LONG, MESSAGE_BODY_MISSING, MESSAGE_BODY_TOO_LONG and of dates and attributes */
export function checkMessage(input: MessageFields): CheckedMessage {
  return {
    author: checkAuthor(input.author),
    body: checkBody(input.body),
    attributes: checkAttributes(input.attributes, ATTRIBUTES_LIMIT),
    dateCreated: checkDate(input.dateCreated, "dateCreated", "DATE_CREATED_INVALID"),
    dateUpdated: checkDate(input.dateUpdated, "dateUpdated", "DATE_UPDATED_INVALID"),
  };
}

function checkAuthor(author: string | null | undefined): string | undefined {
  if (author === undefined) return undefined;
  if (author === null || author === "") return SYSTEM;
  const parameter = "author";
  if (lengthOf(checkText(author, parameter)) > AUTHOR_LIMIT)
    throw new ApiError("AUTHOR_TOO_LONG", { parameter });
  return author;
}

function checkBody(body: string | null | undefined): string | undefined {
  if (body === undefined) return undefined;
  const parameter = "body";
  if (body === null) throw new ApiError("MESSAGE_BODY_MISSING", { parameter });
  if (Buffer.byteLength(body) > BODY_LIMIT) throw new ApiError("MESSAGE_BODY_TOO_LONG", { parameter });
  return checkText(body, parameter);
}

/** A body may be empty, but there has to be one: nothing else can be said by a message here. */
export function checkNewMessage({ body }: CheckedMessage): void {
  if (body === undefined) throw new ApiError("MESSAGE_BODY_MISSING", { parameter: "body" });
}

export function checkOrder(order: string | null | undefined): MessageOrder {
  if (order === undefined || order === null || order === "") return "asc";
  if (order === "asc" || order === "desc") return order;
  throw new ApiError("INVALID_PARAMETER", { message: "Order is either 'asc' or 'desc'", parameter: "order" });
}

/** Null where a message can't be named so. */
export function parseMessageSid(message: string): string | null {
  return parseSid("IM", message);
}

/** What Twilio's messages have besides; nothing here would keep it. */
interface Unsupported {
  readonly mediaSid?: string | undefined;
  readonly contentSid?: string | undefined;
  readonly contentVariables?: string | undefined;
  readonly subject?: string | undefined;
}

const REASONS: Record<keyof Unsupported, string> = {
  mediaSid: "media are not kept here, send Body alone",
  contentSid: "there are no content templates here, send the text as Body",
  contentVariables: "there are no content templates here, send the text as Body",
  subject: "no emails are sent here, and no subject is kept",
};

/** @throws ApiError MESSAGE_CONTENT_UNSUPPORTED for what would be lost */
export function checkNothingElse(given: Unsupported): void {
  for (const parameter of ["mediaSid", "contentSid", "contentVariables", "subject"] as const) {
    if (!given[parameter]) continue;
    const name = parameter.charAt(0).toUpperCase() + parameter.slice(1);
    throw new ApiError("MESSAGE_CONTENT_UNSUPPORTED", {
      message: `${name} is not supported: ${REASONS[parameter]}`,
      parameter,
    });
  }
}
