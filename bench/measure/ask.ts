import type { Server } from "../contestants/server.ts";
import { AUTHORIZATION } from "../settings.ts";

/** Untimed. @throws Error where the answer is not a success */
export function post(server: Server, path: string, body: unknown): Promise<Buffer> {
  return ask(
    server,
    path,
    { method: "POST", body: JSON.stringify(body) },
    { "Content-Type": "application/json" },
  );
}

export function get(server: Server, path: string): Promise<Buffer> {
  return ask(server, path, {}, {});
}

async function ask({ port }: Server, path: string, init: RequestInit, headers: Record<string, string>) {
  const common = { Authorization: AUTHORIZATION, Accept: "application/json", "Accept-Encoding": "identity" };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    ...init,
    headers: { ...common, ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new Error(`${path}: ${response.status} ${bytes.toString("utf8", 0, 500)}`);
  return bytes;
}
