import { PUBLIC_URL } from "../setup/app.ts";
import type { Seed } from "../setup/seed.ts";

/** An answer byte for byte. */
export interface Bytes {
  readonly status: number;
  readonly text: string;
  /** The header that says that it is a repeat's. */
  readonly replayed: string | null;
  readonly type: string | null;
}

type Pairs = Readonly<Record<string, string | readonly string[]>> | readonly (readonly [string, string])[];

/** Sends v1 requests under idempotency keys, as the account of the seed. */
export function keyed({ app, account }: Pick<Seed, "app" | "account">) {
  return async (key: string | null, method: string, path: string, form?: Pairs): Promise<Bytes> => {
    const headers = new Headers({ authorization: account.authorization });
    if (key !== null) headers.set("Idempotency-Key", key);
    if (form) headers.set("content-type", "application/x-www-form-urlencoded");
    const body = form && new URLSearchParams(pairsOf(form)).toString();
    const response = await app.fetch(
      new Request(new URL(path, PUBLIC_URL), { method, headers, body: body ?? null }),
    );
    return {
      status: response.status,
      text: await response.text(),
      replayed: response.headers.get("Idempotent-Replayed"),
      type: response.headers.get("Content-Type"),
    };
  };
}

function pairsOf(form: Pairs): [string, string][] {
  if (Array.isArray(form)) return form.map(([name, value]) => [name, value]);
  return Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}

/** A key that no other request has. */
export function newKey(): string {
  return crypto.randomUUID();
}
