import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface CountingProxy {
  readonly url: string;
  /** Statements that have gone through so far; BEGIN and COMMIT are none. */
  count(): number;
  close(): void;
}

/** Stands between a server and Postgres, and counts what the protocol says is executed. */
export async function startCountingProxy(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    const postgres = connect({ port: Number(target.port || 5432), host: target.hostname });
    // A prepared statement is named by the message that binds it, before it is executed.
    const prepared = new Map<string, string>();
    let bound = "";
    const execute = (text: string) => {
      if (!/^\s*(begin|commit)\b/i.test(text)) count++;
    };
    const read = createReader((type, body) => {
      const [first = "", second = ""] = body.toString("latin1", 0, 200).split("\0", 2);
      if (type === "Q") execute(first);
      if (type === "P") prepared.set(first, second);
      if (type === "B") bound = prepared.get(second) ?? "";
      if (type === "E") execute(bound);
    });
    client.on("data", read).pipe(postgres).pipe(client);
    for (const [one, other] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port: String(port) }).href,
    count: () => count,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Cuts what a client sends into messages: after one without a type, the start-up, each has a type and a length. */
function createReader(seen: (type: string, body: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      // A request for encryption is refused or not, and the start-up follows.
      if (started) seen(String.fromCharCode(rest[0]!), rest.subarray(head + 4, end));
      else if (rest.readInt32BE(4) !== 80_877_103) started = true;
      rest = rest.subarray(end);
    }
  };
}
