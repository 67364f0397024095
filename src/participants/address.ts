import { ApiError, type ErrorCode } from "../core/errors.ts";
import { checkText, lengthOf } from "../core/text.ts";

export interface AddressFields {
  /** The participant's own number or channel address. */
  readonly address?: string | null;
  /** Our number or sender that speaks with it. */
  readonly proxyAddress?: string | null;
  /** The number a chat participant has in a group MMS. */
  readonly projectedAddress?: string | null;
}

/** What an address may begin with, before a colon. Without any it is `sms`. */
export const PREFIXES = ["whatsapp", "messenger", "rcs", "gbm", "apple", "email"] as const;
const E164 = /^\+[1-9]\d{1,14}$/;

/** The channel of an address: its known prefix, or `sms` for a bare number. */
export function typeOfAddress(address: string): string {
  const prefix = address.slice(0, Math.max(address.indexOf(":"), 0));
  return PREFIXES.find((known) => known === prefix) ?? "sms";
}

/**
 * Decision 35: a bare address is an E.164 number; behind a known prefix stand 1 to 256 characters, which for
 * `whatsapp:` and `rcs:` are a number where they begin with a plus, and else a business id.
 */
function isAddress(address: string): boolean {
  const type = typeOfAddress(address);
  if (type === "sms") return E164.test(address);
  const rest = address.slice(type.length + 1);
  if ((type === "whatsapp" || type === "rcs") && rest.startsWith("+")) return E164.test(rest);
  return rest !== "" && lengthOf(rest) <= 256;
}

export function checkAddress(
  address: string,
  parameter: string,
  empty: ErrorCode,
  malformed: ErrorCode,
): string {
  if (address === "") throw new ApiError(empty, { parameter });
  checkText(address, parameter);
  if (!isAddress(address)) throw new ApiError(malformed, { parameter });
  return address;
}

/** Checks each address, then whether they go together. */
export function checkBinding(fields: AddressFields) {
  const named = (field: string) => `messagingBinding.${field}`;
  const address =
    fields.address == null
      ? null
      : checkAddress(fields.address, named("address"), "ADDRESS_EMPTY", "ADDRESS_INVALID");
  const proxyAddress =
    fields.proxyAddress == null
      ? null
      : checkAddress(
          fields.proxyAddress,
          named("proxyAddress"),
          "PROXY_ADDRESS_EMPTY",
          "PROXY_ADDRESS_INVALID",
        );
  const projectedAddress = fields.projectedAddress || null;
  if (projectedAddress !== null && !E164.test(projectedAddress)) {
    throw new ApiError("ADDRESS_INVALID", { parameter: named("projectedAddress") });
  }
  if (projectedAddress !== null && (address !== null || proxyAddress !== null)) {
    throw new ApiError("PROJECTED_ADDRESS_NOT_ADDABLE", { parameter: named("projectedAddress") });
  }
  checkPair(address, proxyAddress);
  return { address, proxyAddress, projectedAddress };
}

function checkPair(address: string | null, proxyAddress: string | null): void {
  const parameter = "messagingBinding.proxyAddress";
  if (address === null) {
    if (proxyAddress !== null) throw new ApiError("ADDRESS_EMPTY", { parameter: "messagingBinding.address" });
    return;
  }
  const type = typeOfAddress(address);
  if (proxyAddress === null) {
    // Only a number, as a native member of a group MMS, and email speak for themselves.
    if (type !== "sms" && type !== "email") throw new ApiError("PROXY_ADDRESS_EMPTY", { parameter });
    return;
  }
  if (type === "email") throw new ApiError("PROXY_ADDRESS_UNSUPPORTED", { parameter });
  if (address === proxyAddress) throw new ApiError("ADDRESS_EQUALS_PROXY", { parameter });
  if (type !== typeOfAddress(proxyAddress)) throw new ApiError("ADDRESS_TYPES_DIFFER", { parameter });
}
