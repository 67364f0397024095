import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { ACCOUNT, basic } from "../../test/setup/processes.ts";
import { type Experiment, faultsAmong } from "../experiment.ts";
import { atWork, endOf, onPostgres, startReady } from "../house.ts";
import { connections, createClient } from "../http.ts";

const POOL = 10;
const LIST = { method: "GET", path: "/v1/Conversations" } as const;
const HEAD = `Host: 127.0.0.1\r\nAuthorization: ${basic(ACCOUNT.sid, ACCOUNT.authToken)}\r\n`;

export const hangUps: Experiment = {
  name: "hang-ups",
  claim: "clients that hang up: their statements end within 5 s, and no connection stays taken",
  async run(world) {
    const { url, env } = await onPostgres(world, { PARLEY_DB_POOL_SIZE: String(POOL) });
    const server = await startReady(world, env);
    const ask = createClient(server.port, connections());
    await ask(LIST);
    const sql = postgres(url.href, { max: 2 });
    const holder = await sql.reserve();
    let slowest = 0;
    let mostAtWork = 0;
    for (let round = 0; round < 3; round++) {
      await holder`begin`;
      await holder`lock table conversations`;
      const sockets = Array.from({ length: POOL * 3 }, (_, at) => {
        const socket = connect(server.port, "127.0.0.1").on("error", () => {});
        const [body, type] = ["FriendlyName=gone", "application/x-www-form-urlencoded"];
        const request =
          at % 2 === 0
            ? `GET /v1/Conversations HTTP/1.1\r\n${HEAD}\r\n`
            : `POST /v1/Conversations HTTP/1.1\r\n${HEAD}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
        socket.write(request);
        return socket;
      });
      await sleep(300);
      mostAtWork = Math.max(mostAtWork, await atWork(sql));
      for (const socket of sockets) socket.destroy();
      const hungUp = performance.now();
      while ((await atWork(sql)) > 0 && performance.now() - hungUp < 15_000) await sleep(50);
      slowest = Math.max(slowest, Math.round(performance.now() - hungUp));
      await holder`rollback`;
    }

    // In the middle of a body, and of an answer.
    const halves = Array.from({ length: 200 }, (_, at) => {
      const socket = connect(server.port, "127.0.0.1").on("error", () => {});
      if (at % 2 === 0) socket.write(`GET /openapi.json HTTP/1.1\r\n${HEAD}\r\n`);
      else socket.write(`POST /v1/Users HTTP/1.1\r\n${HEAD}Content-Length: 1000\r\n\r\nIdentity=`);
      return socket;
    });
    await sleep(200);
    for (const socket of halves) socket.resetAndDestroy();
    await sleep(200);
    const after = await Promise.all(Array.from({ length: POOL * 10 }, () => ask(LIST)));
    const left = await atWork(sql);
    holder.release();
    await sql.end();
    return {
      figures: {
        "statements at work when they hung up": mostAtWork,
        "last statement ended after, ms": slowest,
        "statements left in the end": left,
      },
      faults: [
        ...(await endOf(server)),
        ...faultsAmong({
          "there were statements at work": mostAtWork > 0,
          "they ended within 5 s": slowest <= 5_000,
          "none is left": left === 0,
          "all succeed afterwards": after.every(({ status }) => status === 200),
        }),
      ],
    };
  },
};
