import { CONVERSATION_ERRORS } from "./catalogue/conversations.ts";
import { MESSAGE_ERRORS } from "./catalogue/messages.ts";
import { PARTICIPANT_ERRORS } from "./catalogue/participants.ts";
import { REQUEST_ERRORS } from "./catalogue/requests.ts";
import type { Rows } from "./catalogue/row.ts";
import { SERVICE_ERRORS } from "./catalogue/services.ts";

/**
 * Every error Parley answers with. Codes and wording are Twilio's where its dictionary has them
 * (`https://www.twilio.com/docs/api/errors`); statuses where nobody published them follow decision 9.
 */
export const CATALOGUE = {
  ...REQUEST_ERRORS,
  ...SERVICE_ERRORS,
  ...CONVERSATION_ERRORS,
  ...PARTICIPANT_ERRORS,
  ...MESSAGE_ERRORS,
} as const satisfies Rows;

/** Where an error can come from, as its page says it. */
export const TOPICS: readonly { readonly from: string; readonly rows: Rows }[] = [
  { from: "any request", rows: REQUEST_ERRORS },
  { from: "services, roles and users, and whatever names one", rows: SERVICE_ERRORS },
  { from: "conversations, and what hangs on them", rows: CONVERSATION_ERRORS },
  { from: "participants, and looking them up", rows: PARTICIPANT_ERRORS },
  { from: "messages", rows: MESSAGE_ERRORS },
];

/** The page that explains an error, by Twilio's number or by a name that only GraphQL has. */
export function errorPage(publicUrl: string, code: number | string): string {
  return `${publicUrl}/docs/errors/${code}`;
}
