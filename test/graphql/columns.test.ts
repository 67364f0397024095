import { buildSchema, type GraphQLObjectType, type GraphQLResolveInfo, parse } from "graphql";
import { describe, expect, it } from "vitest";
import type { Columns } from "../../src/core/columns.ts";
import { columnsOf, FULL_ROWS, SAME_ROWS } from "../../src/graphql/columns.ts";
import { createOperations } from "../../src/graphql/execution/operations.ts";

const schema = buildSchema(`
  type Query { users: Users }
  type Users { nodes: [User!]! edges: [Edge!]! count: Int }
  type Edge { cursor: String node: User! }
  interface Named { name: String }
  type User implements Named { name: String text: String card: Card other: User }
  type Card { name: String text: String }
`);

const MARKS = { "User.text": FULL_ROWS, "Card.text": FULL_ROWS };
const SAME = ["Users.nodes", "Users.edges", "Edge.node", "User.card"];

for (const type of Object.values(schema.getTypeMap()) as GraphQLObjectType[]) {
  if (!("getFields" in type)) continue;
  for (const [name, field] of Object.entries(type.getFields())) {
    const place = `${type.name}.${name}`;
    field.extensions = SAME.includes(place) ? SAME_ROWS : ((MARKS as never)[place] ?? {});
  }
}

const operations = createOperations(schema);

async function columnsFor(text: string): Promise<Columns[]> {
  const operation = operations.find(parse(text), undefined)!;
  const seen: Columns[] = [];
  schema.getQueryType()!.getFields().users!.resolve = (_, _args, _ctx, info: GraphQLResolveInfo) => {
    seen.push(columnsOf(info));
    return null;
  };
  await operations.execute(operation, { yes: false }, {});
  await operations.execute(operation, { yes: false }, {});
  return seen;
}

describe("rows are read", () => {
  it.each<[Columns, string, string]>([
    ["light", "what every row has is selected", "{ users { count nodes { name card { name } } } }"],
    ["full", "more is selected", "{ users { nodes { name text } } }"],
    ["full", "more is selected below edges", "{ users { edges { cursor node { a: text } } } }"],
    ["full", "more is selected of a part", "{ users { nodes { card { text } } } }"],
    ["light", "more is selected of another row", "{ users { nodes { other { text } } } }"],
    [
      "full",
      "more is selected in a fragment",
      "{ users { ...A } } fragment A on Users { nodes { ...B } } fragment B on User { ... on Named { ... on User { text } } }",
    ],
    ["full", "more is selected in the second place", "{ users { count } users { nodes { text } } }"],
    [
      "full",
      "more may be selected",
      "query ($yes: Boolean!) { users { nodes { text @include(if: $yes) } } }",
    ],
  ])("%s where %s", async (columns, _, text) => {
    expect(await columnsFor(text)).toEqual([columns, columns]);
  });
});
