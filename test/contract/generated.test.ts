import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, PUBLIC_URL } from "../setup/app.ts";
import type { Known } from "../setup/generated/known.ts";
import { graphqlSurface, restSurface, type Send, sendGenerated } from "../setup/generated/requests.ts";
import { somethingKnown } from "../setup/generated/start.ts";
import { newAccount } from "../setup/seed.ts";

const COUNT = 1_000;
const SEED = 20_260_131;

let send: Send;
let known: Known;
let faultsLeft: () => Promise<unknown[]>;
beforeAll(async () => {
  const { app, account, inboxFaults } = await newAccount(await createTestApp());
  send = async ({ method, path, headers, body }) => {
    const url = PUBLIC_URL + path;
    const authorized = { ...headers, authorization: account.authorization };
    const response = await app.fetch(new Request(url, { method, headers: authorized, body }));
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  };
  known = await somethingKnown(send);
  faultsLeft = inboxFaults;
});

describe("generated requests", () => {
  it(`are answered by v1 as its document says, ${COUNT} of them`, async () => {
    const { text } = await send({ method: "GET", path: "/openapi.json", headers: {} });
    const report = await sendGenerated(restSurface(JSON.parse(text)), {
      seed: SEED,
      count: COUNT,
      send,
      known,
    });
    expect(report.faults).toEqual([]);
    expect(report.succeeded).toBeGreaterThan(COUNT / 10);
    expect(await faultsLeft()).toEqual([]);
  });

  it(`are answered by GraphQL as its schema says, ${COUNT} of them`, async () => {
    const sdl = await readFile("schema.graphql", "utf8");
    const report = await sendGenerated(graphqlSurface(sdl), { seed: SEED, count: COUNT, send, known });
    expect(report.faults).toEqual([]);
    expect(report.succeeded).toBeGreaterThan(COUNT / 10);
    expect(await faultsLeft()).toEqual([]);
  });
});
