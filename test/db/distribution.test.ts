import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Apart, openApart } from "../setup/apart.ts";
import { readDistribution } from "./citus.ts";

/** Read and written by the migrator alone, on the node where migrations run. */
const LOCAL = "drizzle.__drizzle_migrations";

// Other tests have triggers and tables of their own in the database they share.
let apart: Apart;
let file: Awaited<ReturnType<typeof readDistribution>>;
let distributed: string[];
beforeAll(async () => {
  apart = await openApart();
  file = await readDistribution();
  distributed = file.distributed.map(({ table }) => table);
});

afterAll(() => apart?.close());

async function rowsOf(text: string): Promise<string[][]> {
  return (await apart.db.execute({ name: "catalog", text }, [])) as string[][];
}

/** What is ours in `pg_class`, with its schema; the server's own is left out. */
const OURS = `pg_class t join pg_namespace n on n.oid = t.relnamespace
  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;
const columnsOf = (relation: string, numbers: string) =>
  `(select string_agg(a.attname, ',' order by k.place) from unnest(${numbers}) with ordinality k(number, place)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;

const beginsWithAccount = (columns: string | undefined) => /^account_sid(,|$)/.test(columns ?? "");

describe("drizzle/citus.sql", () => {
  it("names every table, and no other: one that nobody has placed would stay on the coordinator unseen", async () => {
    const rows = await rowsOf(
      `select n.nspname || '.' || t.relname from ${OURS} where t.relkind in ('r', 'p')`,
    );
    const placed = [...file.reference, ...distributed].map((table) => `public.${table}`);
    expect(rows.flat().sort()).toEqual([LOCAL, ...placed].sort());
  });

  it("places everything by account, beside the accounts", () => {
    const [accounts, ...others] = file.distributed;
    expect(accounts).toEqual({ table: "accounts", by: "account_sid", beside: "none" });
    for (const { by, beside } of others) expect([by, beside]).toEqual(["account_sid", "accounts"]);
  });

  it("places a table after those that it refers to", async () => {
    const rows = await rowsOf(`select c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text
      from pg_constraint c where c.contype = 'f'`);
    expect(rows.length).toBeGreaterThan(8);
    const early = rows.filter(([, from, to]) => distributed.indexOf(from!) <= distributed.indexOf(to!));
    expect(early).toEqual([]);
  });

  it("says that the extension is missing, before it does anything", async () => {
    await expect(rowsOf(file.guard)).rejects.toThrow(
      "this database lacks the extension citus: nothing was distributed",
    );
  });
});

describe("a distributed table", () => {
  it("begins every primary key and unique index with the account", async () => {
    const rows = await rowsOf(`select x.indrelid::regclass::text, i.relname,
        ${columnsOf("x.indrelid", "x.indkey[0:x.indnkeyatts - 1]")}
      from pg_index x join pg_class i on i.oid = x.indexrelid where x.indisunique`);
    const own = rows.filter(([table]) => distributed.includes(table!));
    expect(new Set(own.map(([table]) => table)).size).toBe(distributed.length);
    expect(own.filter(([, , columns]) => !beginsWithAccount(columns))).toEqual([]);
  });

  it("begins every foreign key with the account, on both sides, and refers to no other kind of table", async () => {
    const rows = await rowsOf(`select c.conrelid::regclass::text, c.conname, c.confrelid::regclass::text,
        ${columnsOf("c.conrelid", "c.conkey")}, ${columnsOf("c.confrelid", "c.confkey")}
      from pg_constraint c where c.contype = 'f'`);
    const referring = rows.filter(([, , to]) => !file.reference.includes(to!));
    expect(referring.length).toBeGreaterThan(8);
    expect(referring.filter(([from]) => !distributed.includes(from!))).toEqual([]);
    expect(referring.filter(([, , to]) => !distributed.includes(to!))).toEqual([]);
    const other = referring.filter(([, , , from, to]) => !beginsWithAccount(from) || !beginsWithAccount(to));
    expect(other).toEqual([]);
  });

  it("names its account first, always, in one type and collation", async () => {
    const rows = await rowsOf(`select t.relname, a.attnum::text, a.attnotnull::text, a.attgenerated::text,
        a.atttypid::regtype::text, l.collname
      from ${OURS} join pg_attribute a on a.attrelid = t.oid and a.attname = 'account_sid'
      left join pg_collation l on l.oid = a.attcollation where t.relkind = 'r' and n.nspname = 'public'`);
    const own = rows.filter(([table]) => distributed.includes(table!));
    expect(own.map(([table]) => table).sort()).toEqual(distributed.toSorted());
    for (const [table, ...column] of own) expect(column, table).toEqual(["1", "true", "", "text", "C"]);
  });

  it("has nothing that a shard can't keep to", async () => {
    const inPublic = "join pg_namespace n on n.nspname = 'public' and n.oid =";
    const found = {
      triggers: `select tgname from pg_trigger where not tgisinternal`,
      rules: `select r.rulename from pg_rewrite r join pg_class t on t.oid = r.ev_class ${inPublic} t.relnamespace`,
      sequences: `select t.relname from pg_class t ${inPublic} t.relnamespace where t.relkind = 'S'`,
      identities: `select a.attname from pg_attribute a join pg_class t on t.oid = a.attrelid
        ${inPublic} t.relnamespace where a.attidentity <> ''`,
      deferred: `select c.conname from pg_constraint c ${inPublic} c.connamespace where c.condeferrable`,
      exclusions: `select c.conname from pg_constraint c ${inPublic} c.connamespace where c.contype = 'x'`,
      // It would have to change the account beside the column that it clears or follows.
      setNull: `select conname from pg_constraint where contype = 'f' and confdeltype in ('n', 'd')`,
      followed: `select conname from pg_constraint where contype = 'f' and confupdtype not in ('a', 'r')`,
      // The number of a shard is put behind them, and they are cut off at 63 bytes.
      // Of NOT NULL the server makes its own.
      longNames: `select t.relname from pg_class t ${inPublic} t.relnamespace where length(t.relname) >= 50
        union all select c.conname from pg_constraint c ${inPublic} c.connamespace where c.contype <> 'n' and length(c.conname) >= 50`,
    };
    for (const [what, query] of Object.entries(found)) expect(await rowsOf(query), what).toEqual([]);
  });
});
