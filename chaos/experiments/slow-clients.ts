import { spawn, spawnSync } from "node:child_process";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNT, basic } from "../../test/setup/processes.ts";
import { type Experiment, faultsAmong, percentile } from "../experiment.ts";
import { asking, connectionsTo, endOf, memoryOf, onPostgres, startReady } from "../house.ts";
import { type Client, connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";
import { load } from "../load.ts";

const SLOW = 1_000;
const SECONDS = 15;
/** How long goodput is measured without them, before and after each thousand: it hangs on what has been written so far. */
const NORMAL_SECONDS = 5;
/** Of normal goodput: what makes and feeds the slow clients takes its part of the machine too. */
const LEAST_SHARE = 0.6;
/** Left to itself V8 takes more than twice that before it collects, under any load: this is what it makes do with. */
const HEAP = 192;
/** As much as without slow clients, and a hundred kilobytes for each of them. */
const MOST_MEMORY = 300;
/** Of the slow clients, how many are connected at least; some are cut off already, and come again. */
const LEAST_CONNECTED = 900;
/** They come without credentials, and are answered and cut off before their body has come. */
const CUT_OFF = "slow body";
const HEAD = `Host: 127.0.0.1\r\nAuthorization: ${basic(ACCOUNT.sid, ACCOUNT.authToken)}\r\n`;

/** Each makes a thousand slow clients, and answers how to end them. */
const SLOWNESS: Readonly<Record<string, (port: number) => () => void>> = {
  "slow headers": (port) => slowhttptest("-H", "-u", `http://127.0.0.1:${port}/v1/Conversations`),
  [CUT_OFF]: (port) => slowhttptest("-B", "-u", `http://127.0.0.1:${port}/v1/Conversations`),
  "slow read": (port) => slowhttptest("-X", "-u", `http://127.0.0.1:${port}/openapi.json`),
  "slow body of ours": (port) => {
    const sockets = many(
      port,
      `POST /v1/Users HTTP/1.1\r\n${HEAD}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n`,
    );
    const trickling = setInterval(() => {
      for (const socket of sockets) socket.write("a");
    }, 1_000);
    return () => {
      clearInterval(trickling);
      for (const socket of sockets) socket.destroy();
    };
  },
  "unread pages of ours": (port) => {
    const request = `GET /v1/Conversations?PageSize=50 HTTP/1.1\r\n${HEAD}\r\n`;
    const sockets = many(port, request);
    for (const socket of sockets) socket.pause();
    return () => {
      for (const socket of sockets) socket.destroy();
    };
  },
};

export const slowClients: Experiment = {
  name: "slow-clients",
  claim: `${SLOW} slow clients (headers, bodies, reads): the others get ${LEAST_SHARE * 100} % of normal goodput, memory stays below ${MOST_MEMORY} MB`,
  async run(world) {
    if (spawnSync("slowhttptest", ["-h"]).error) throw new Error("apt-get install slowhttptest");
    const { url, env } = await onPostgres(world, { NODE_OPTIONS: `--max-old-space-size=${HEAP}` });
    const server = await startReady(world, env);
    const { port } = server;
    const ledger = createLedger();
    await ledger.prepare(createClient(port, connections()), 100);
    let turn = 0;
    const send = (ask: Client) =>
      turn++ % 2 === 0 ? ledger.write(ask) : ask({ method: "GET", path: "/v1/Conversations?PageSize=20" });

    await load({ port, clients: 20, seconds: 5, send });
    const normal = () => load({ port, clients: 20, seconds: NORMAL_SECONDS, send });
    let before = await normal();
    const figures: Record<string, number | string> = {
      "normal memory, MB": await memoryOf(server),
    };
    const tallies = [before];
    const shares: number[] = [];
    const connected: number[] = [];
    let mostMemory = 0;
    for (const [name, begin] of Object.entries(SLOWNESS)) {
      const end = begin(port);
      await sleep(2_000);
      const clients = await connectionsTo(server);
      const tally = await load({ port, clients: 20, seconds: SECONDS - 2, send });
      const memory = await memoryOf(server);
      end();
      mostMemory = Math.max(mostMemory, memory);
      // A thousand connections are cleared away first.
      await sleep(2_000);
      const after = await normal();
      const share = (2 * tally.goodput) / (before.goodput + after.goodput);
      figures[`${name}: normal goodput before, requests/s`] = before.goodput;
      figures[`${name}: goodput`] = tally.goodput;
      figures[`${name}: share of normal`] = Math.round(share * 100) / 100;
      tallies.push(tally, after);
      before = after;
      shares.push(share);
      if (name !== CUT_OFF) connected.push(clients);
      figures[`${name}: connected`] = clients;
      figures[`${name}: slowest answer, ms`] = percentile(tally.served, 1);
      figures[`${name}: memory, MB`] = memory;
    }
    return {
      figures,
      faults: [
        ...(await endOf(server)),
        ...tallies.flatMap(({ untyped }) => untyped),
        ...(await asking(url, ledger.audit)),
        ...faultsAmong({
          "every other client is served": tallies.every(
            ({ refused, unanswered }) => refused.length === 0 && Object.keys(unanswered).length === 0,
          ),
          "each of them within 5 s": tallies.every(({ served }) => percentile(served, 1) <= 5_000),
          [`${LEAST_CONNECTED} slow clients are connected`]: connected.every(
            (count) => count >= LEAST_CONNECTED,
          ),
          [`at ${LEAST_SHARE * 100} % of normal goodput`]: shares.every((share) => share >= LEAST_SHARE),
          [`memory stays below ${MOST_MEMORY} MB`]: mostMemory < MOST_MEMORY,
        }),
      ],
    };
  },
};

function slowhttptest(...args: readonly string[]): () => void {
  const common = ["-c", String(SLOW), "-r", String(SLOW), "-i", "2", "-l", String(SECONDS + 10), "-p", "5"];
  const child = spawn("slowhttptest", [...common, ...args], { stdio: "ignore" });
  return () => void child.kill("SIGKILL");
}

function many(port: number, request: string): Socket[] {
  return Array.from({ length: SLOW }, () => {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    socket.write(request);
    return socket;
  });
}
