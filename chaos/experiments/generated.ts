import { readFile } from "node:fs/promises";
import {
  graphqlSurface,
  type Report,
  restSurface,
  type Send,
  sendGenerated,
} from "../../test/setup/generated/requests.ts";
import { somethingKnown } from "../../test/setup/generated/start.ts";
import type { Experiment } from "../experiment.ts";
import { asking, endOf, memoryOf, onPostgres, startReady } from "../house.ts";
import { connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";

const COUNT = Number(process.env.CHAOS_REQUESTS ?? 100_000);
const SEED = Number(process.env.CHAOS_SEED ?? 20_260_131);

export const generated: Experiment = {
  name: "generated",
  claim: `${COUNT} generated requests, half of them on each surface: no 5xx, every answer valid against its schema`,
  async run(world) {
    const { url, env } = await onPostgres(world);
    const server = await startReady(world, env);
    const ask = createClient(server.port, connections(16), 30_000);
    const send: Send = async ({ method, path, headers, body }) => {
      const heard = await ask({ method, path, headers, ...(body !== undefined && { body }) });
      return { status: heard.status, type: heard.headers["content-type"] ?? null, text: heard.text };
    };
    const known = await somethingKnown(send);
    const { text: document } = await send({ method: "GET", path: "/openapi.json", headers: {} });
    const sdl = await readFile("schema.graphql", "utf8");
    const surfaces = { rest: restSurface(JSON.parse(document)), graphql: graphqlSurface(sdl) };
    const figures: Record<string, number | string> = { seed: SEED };
    const faults: string[] = [];
    const tell = (surface: string, { asked, succeeded, statuses, faults: found }: Report) => {
      figures[`${surface}: requests`] = asked;
      figures[`${surface}: succeeded, %`] = Math.round((succeeded / asked) * 100);
      figures[`${surface}: statuses`] = JSON.stringify(statuses);
      faults.push(...found.map((fault) => `${surface}: ${fault}`));
    };
    for (const [name, surface] of Object.entries(surfaces)) {
      tell(name, await sendGenerated(surface, { seed: SEED, count: COUNT / 2, send, known }));
    }
    figures["memory, MB"] = await memoryOf(server);
    const derived = await asking(url, createLedger().audit);
    return { figures, faults: [...(await endOf(server)), ...faults, ...derived] };
  },
};
