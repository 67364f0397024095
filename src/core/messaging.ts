import { ApiError } from "./errors.ts";
import { parseSid } from "./sid.ts";

/** The SID of a messaging service, by its shape alone; null or an empty text clears. @throws ApiError MESSAGING_SERVICE_SID_INVALID */
export function checkMessagingServiceSid(
  text: string | null | undefined,
  parameter: string,
): string | null | undefined {
  if (text === undefined || text === null || text === "") return text === undefined ? undefined : null;
  const sid = parseSid("MG", text);
  if (sid === null) throw new ApiError("MESSAGING_SERVICE_SID_INVALID", { parameter });
  return sid;
}
