import { openAsBlob } from "node:fs";
import { describe, expect, inject, it } from "vitest";
import type { CatalogueRow } from "../../../src/core/catalogue/row.ts";
import { CATALOGUE } from "../../../src/core/catalogue.ts";
import type { ErrorCode } from "../../../src/core/errors.ts";
import { openEmbedded } from "../../../src/db/embedded.ts";
import { openPostgres } from "../../../src/db/postgres.ts";
import { createTestApp, PUBLIC_URL } from "../../setup/app.ts";
import type { Answer } from "../../setup/clients.ts";
import { POOL } from "../../setup/database.ts";
import { CONVERSATION_CASES } from "./conversation.cases.ts";
import { MESSAGE_CASES } from "./message.cases.ts";
import { PARTICIPANT_CASES } from "./participant.cases.ts";
import { DATABASE_CASES, REQUEST_CASES } from "./request.cases.ts";
import { SERVICE_CASES } from "./service.cases.ts";
import { type Cases, openWorld, worldOf } from "./world.ts";

const CASES: Cases = {
  ...REQUEST_CASES,
  ...DATABASE_CASES,
  ...SERVICE_CASES,
  ...CONVERSATION_CASES,
  ...PARTICIPANT_CASES,
  ...MESSAGE_CASES,
};

/** Which of the kinds a mutation answers as values. */
const VALUES: Record<string, string> = {
  invalid: "InvalidInputError",
  notFound: "NotFoundError",
  conflict: "ConflictError",
};

/** Errors of one of many things that are asked for at once. */
const OF_ITEMS: readonly ErrorCode[] = ["PAIRS_IN_USE"];

const codes = Object.keys(CATALOGUE) as ErrorCode[];
const moreInfo = (code: ErrorCode) => `${PUBLIC_URL}/docs/errors/${CATALOGUE[code].code}`;

/** Errors that no single parameter is to blame for. */
const OF_NO_PARAMETER: readonly ErrorCode[] = [
  "UNAUTHENTICATED",
  "METHOD_NOT_ALLOWED",
  "CROSS_SITE_REQUEST",
  "NOT_FOUND",
  "DEFAULT_SERVICE",
  "DEFAULT_ROLE",
  "ROLE_IN_USE",
  "CONCURRENT_CHANGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "BODY_TOO_LARGE",
  "INTERNAL",
  "UNAVAILABLE",
  "CONVERSATION_CLOSED",
  "PARTICIPANT_LIMIT",
  "NON_CHAT_PARTICIPANT_LIMIT",
  "IDENTITY_AND_ADDRESS",
];
/** Errors that an object stands behind; their message names a SID. */
const OF_AN_OBJECT: readonly ErrorCode[] = [
  "DEFAULT_ROLE",
  "ROLE_IN_USE",
  "USER_EXISTS",
  "UNIQUE_NAME_EXISTS",
  "BINDING_EXISTS",
  "PAIRS_IN_USE",
  "PARTICIPANT_EXISTS",
  "GROUP_PARTICIPANT_EXISTS",
];
const SID = /[A-Z]{2}[0-9a-f]{32}$/;

function expectRest(code: ErrorCode, { status, headers, body }: Answer): void {
  const row = CATALOGUE[code];
  const ofObject = OF_AN_OBJECT.includes(code);
  const details = {
    ...(!OF_NO_PARAMETER.includes(code) && { parameter: expect.stringMatching(/^[A-Z]/) }),
    ...(ofObject && { conflicting_sid: expect.stringMatching(SID) }),
  };
  expect([status, body]).toEqual([
    row.status,
    {
      code: row.code,
      message: expect.stringMatching(ofObject ? SID : /./),
      more_info: moreInfo(code),
      status: row.status,
      ...(Object.keys(details).length > 0 && { details }),
    },
  ]);
  expect(headers.get("X-Twilio-Error-Code")).toBe(String(row.code));
}

function expectGraphql(code: ErrorCode, answer: Answer): void {
  const { status, body } = answer;
  const row = CATALOGUE[code];
  const told = { code, status: row.status, twilioCode: row.code, moreInfo: moreInfo(code) };
  const value = body.data?.result;
  if (value) {
    const __typename = OF_ITEMS.includes(code) ? "ItemsError" : VALUES[row.kind];
    expect(value).toEqual({ __typename, message: expect.stringMatching(/./), ...told });
    expect([status, body.errors]).toEqual([200, undefined]);
    return;
  }
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0].message).toMatch(/./);
  expect(body.errors[0].extensions).toMatchObject(told);
  if (row.kind === "internal" || row.kind === "unavailable") expect(status).toBe(row.status);
}

describe("every error of the catalogue", () => {
  it("has a case, and no case is of another", () => {
    expect(Object.keys(CASES).sort()).toEqual([...codes].sort());
  });

  it("comes through GraphQL too, but where the catalogue says it is of v1 alone", () => {
    const rows: Readonly<Record<string, CatalogueRow>> = CATALOGUE;
    expect(codes.filter((code) => CASES[code]?.graphql === null)).toEqual(
      codes.filter((code) => rows[code]?.only === "v1"),
    );
  });

  describe.each(codes)("%s", (code) => {
    const { status, code: twilioCode } = CATALOGUE[code];

    it(`${status} ${twilioCode} over v1`, async () => {
      expectRest(code, await CASES[code]!.rest(await openWorld()));
    });

    const ask = CASES[code]?.graphql;
    if (ask) {
      it(`${status} ${twilioCode} over GraphQL`, async () => {
        expectGraphql(code, await ask(await openWorld()));
      });
    }
  });
});

describe("an error says no more than it may", () => {
  it("INTERNAL tells nothing of what happened, UNAVAILABLE when to come again", async () => {
    for (const door of ["rest", "graphql"] as const) {
      const internal = await DATABASE_CASES.INTERNAL[door]!(await openWorld());
      expect(JSON.stringify(internal.body)).not.toContain("as it was told to");
      const unavailable = await DATABASE_CASES.UNAVAILABLE[door]!(await openWorld());
      expect(unavailable.headers.get("Retry-After")).toMatch(/^\d+$/);
    }
  });
});

describe("a database that is away", () => {
  it("503 20503 through both doors where it can't be reached", async () => {
    const db = openPostgres({ ...POOL, url: "postgres://nobody@127.0.0.1:1/nothing" });
    const app = await createTestApp({ db });
    const authorization = `Basic ${btoa(`AC${"0".repeat(32)}:x`)}`;
    const world = worldOf(app, { sid: "", authToken: "", authorization });
    expectRest("UNAVAILABLE", await world.get("/v1/Users"));
    expectGraphql("UNAVAILABLE", await world.query("{ viewer { sid } }"));
    await db.close();
  });

  it("503 20503 through both doors where it was closed", async () => {
    const url = inject("databaseUrl");
    const db =
      url === null
        ? await openEmbedded({ snapshot: await openAsBlob(inject("snapshot")!) })
        : openPostgres({ ...POOL, url });
    const app = await createTestApp({ db });
    const world = worldOf(app, await app.account());
    expect((await world.get("/v1/Users")).status).toBe(200);
    await db.close();
    expectRest("UNAVAILABLE", await world.get("/v1/Users"));
    expectRest("UNAVAILABLE", await world.post("/v1/Services", { FriendlyName: "Late" }));
    expectGraphql("UNAVAILABLE", await world.query("{ viewer { sid } }"));
    expectGraphql("UNAVAILABLE", await world.mutate("createService", { friendlyName: "Late" }));
  });
});
