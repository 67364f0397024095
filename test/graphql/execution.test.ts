import fc from "fast-check";
import { buildSchema, execute, GraphQLError, type GraphQLFieldMap, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { createOperations } from "../../src/graphql/execution/operations.ts";
import { coerceVariables } from "../../src/graphql/limits.ts";

const schema = buildSchema(`
  interface Thing { id: ID! other: Thing }
  type Cup implements Thing {
    id: ID! other: Thing cup: Cup must: Cup! cups: [Cup!]! some: [Cup] any: Any anys: [Any!] lateCups: [Cup!]!
    text: String need: String! late: String size: Size state(of: In, list: [Int!] = [1, 2]): String
    fails: String needFails: String! failsLate: String needFailsLate: String! none: String! noneLate: String!
    words: [String!] holes: [String!] notList: [String] notSize: Size error: String lost: Thing
  }
  type Saucer implements Thing { id: ID! other: Thing text: String cup: Cup! mug: Cup! }
  union Any = Cup | Saucer
  enum Size { SMALL LARGE }
  input In { a: Int! = 3, b: [String], size: Size }
  type Query { cup: Cup must: Cup! cups: [Cup!] thing: Thing any: Any! state(of: In, list: [Int!] = [1, 2]): String }
  type Mutation { first(n: Int = 1): Int second(n: Int!): Int! fails: Int failsHard: Int! }
`);

const cup = (): object => ({
  __typename: "Cup",
  id: "c",
  other: saucer,
  cup,
  must: cup,
  cups: () => [cup(), cup()],
  lateCups: async () => [cup(), cup()],
  some: () => [cup(), null, cup()],
  any: saucer,
  anys: () => [cup(), saucer()],
  text: 'a "text" \u2028',
  need: "need",
  late: async () => "late",
  size: "LARGE",
  state: (args: object) => JSON.stringify(args),
  fails: () => {
    throw new GraphQLError("fails", { extensions: { code: "X" } });
  },
  needFails: () => {
    throw new Error("needFails");
  },
  failsLate: async () => {
    throw new Error("failsLate");
  },
  needFailsLate: async () => {
    throw new Error("needFailsLate");
  },
  none: null,
  noneLate: async () => undefined,
  words: ["a", "b"],
  holes: ["a", null],
  notList: "text",
  notSize: "HUGE",
  error: new Error("error"),
  lost: { __typename: "Nothing" },
});
const saucer = (): object => ({
  __typename: "Saucer",
  id: "s",
  other: cup,
  text: "t",
  cup,
  mug: cup,
});

type Root = Record<string, (args: object) => unknown>;

function root(): { told: string[] } & Root {
  const told: string[] = [];
  const step = (name: string) => async (args: object) => {
    told.push(`${name} ${JSON.stringify(args)}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    told.push(`${name} done`);
    if (name.startsWith("fails")) throw new Error(name);
    return told.length;
  };
  return {
    ...cup(),
    cups: async () => [cup(), cup()],
    thing: async () => cup(),
    any: saucer,
    ...Object.fromEntries(["first", "second", "fails", "failsHard"].map((name) => [name, step(name)])),
    told,
  } as never;
}

for (const type of [schema.getQueryType()!, schema.getMutationType()!]) {
  for (const field of Object.values(type.getFields() as GraphQLFieldMap<unknown, Root>)) {
    field.resolve = (_, args, from) =>
      typeof from[field.name] === "function" ? from[field.name]!(args) : from[field.name];
  }
}

const operations = createOperations(schema);

/** What graphql-js answers, and what we do: the first time, and again once the operation is known. */
async function answers(text: string, variableValues: Record<string, unknown> = {}, operationName?: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const reference = root();
  const expected = await execute({
    schema,
    document,
    variableValues,
    operationName,
    contextValue: reference,
  });
  const ours = [];
  for (let time = 0; time < 3; time++) {
    const own = root();
    const operation = operations.find(document, operationName)!;
    const variables = coerceVariables(operation, variableValues);
    ours.push({ ...plain(await operations.execute(operation, variables, own)), told: own.told });
  }
  return { expected: { ...plain(expected), told: reference.told }, ours };
}

/** Errors by their place: which of two that are under way comes first is a matter of turns. */
function plain({ data, errors = [] }: { data?: unknown; errors?: readonly GraphQLError[] }) {
  const shown = errors.map((error) => JSON.stringify(error.path) + JSON.stringify(error.toJSON()));
  return { data: JSON.stringify(data), errors: shown.toSorted() };
}

async function expectEqual(...asked: Parameters<typeof answers>) {
  const { expected, ours } = await answers(...asked);
  for (const own of ours) expect(own, asked[0]).toEqual(expected);
}

describe("an operation is answered as graphql-js answers it", () => {
  it.each([
    ["lists, aliases and objects", "{ b: cup { x: text text cups { id } some { id } words } a: cup { id } }"],
    [
      "a name that every object inherits",
      "{ __proto__: cup { __proto__: id constructor: id toString: id } }",
    ],
    ["fields asked for twice", "{ cup { cup { id } } cup { cup { text } } }"],
    [
      "unions and interfaces",
      "{ any { __typename ... on Saucer { id cup { id } } ... on Cup { size } } thing { id other { id } ... on Cup { size any { ... on Thing { id } } } } }",
    ],
    [
      "fragments",
      "{ cup { ...F cup { ...F } anys { ...F ...G } } } fragment F on Cup { id any { ...G } } fragment G on Thing { __typename id ... on Saucer { text } }",
    ],
    [
      "the schema",
      '{ __schema { queryType { name fields { name args { name defaultValue type { kind ofType { name } } } } } } __type(name: "In") { inputFields { name } } __typename }',
    ],
    [
      "arguments",
      '{ state a: state(of: { b: "x", size: SMALL }, list: 4) cup { state(of: null, list: []) } }',
    ],
    ["a null that may be", "{ cup { some { id } } }"],
    ["a failure that may be null", "{ cup { text fails failsLate error notSize notList id } }"],
    [
      "failures that may not",
      "{ a: cup { cup { text must { needFails } } } b: cup { cups { id needFailsLate } } c: cup { some { none } } }",
    ],
    ["a null that may not be", "{ a: cup { holes } b: cup { none } c: cup { text cup { noneLate } } }"],
    ["nothing left", "{ cup { id } must { needFails } }"],
    ["nothing left, later", "{ cup { id } must { must { lateCups { noneLate } } } }"],
    ["a type of nowhere", "{ cup { id lost { id } } }"],
    ["mutations", "mutation { first second(n: 2) again: first(n: 3) fails last: second(n: 4) }"],
    ["a mutation that ends it all", "mutation { first failsHard second(n: 2) }"],
  ])("%s", (_, text) => expectEqual(text));

  it.each([
    [{ yes: true, no: false }],
    [{ yes: false, no: true }],
    [{ yes: false, no: false }],
    [{ yes: null, no: false }],
  ])("with what %j skips and includes", (variables) =>
    expectEqual(
      `query ($yes: Boolean = true, $no: Boolean!) {
        a: cup { ...F @include(if: $yes) id @skip(if: $no) cup { ...F } }
        b: cup { ...F cup @include(if: $no) { text } ... @skip(if: $yes) { size } }
      } fragment F on Cup { size cup { ...G @skip(if: $no) } } fragment G on Cup { id text @include(if: $yes) }`,
      variables,
    ),
  );

  it.each([
    {},
    { in: { a: 1, b: "one", size: "SMALL" }, list: [3] },
    { in: null, list: null, b: null },
    { b: "x", size: "LARGE", list: 5 },
  ])("with the variables %j", (variables) =>
    expectEqual(
      `query ($in: In, $list: [Int!] = [7], $b: String, $size: Size = SMALL, $a: Int = 5) {
        x: state(of: $in, list: $list) y: state(of: { a: $a, b: [$b, "c"], size: $size }) cup { state(list: $list) }
      }`,
      variables,
    ),
  );

  it("of any shape", async () => {
    const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
      field: fc.oneof(
        { depthSize: "small" },
        {
          weight: 8,
          arbitrary: fc.constantFrom("id", "text", "need", "late", "size", "words", "state", "__typename"),
        },
        {
          weight: 2,
          arbitrary: fc.constantFrom(
            "fails",
            "failsLate",
            "needFails",
            "needFailsLate",
            "none",
            "holes",
            "error",
            "lost { id }",
          ),
        },
        {
          weight: 6,
          arbitrary: fc
            .tuple(
              fc.constantFrom(
                "cup",
                "must",
                "cups",
                "some",
                "lateCups",
                "... on Cup",
                "... @include(if: $yes)",
                "... @skip(if: $yes)",
              ),
              tie("selection"),
            )
            .map(([name, below]) => `${name} ${below}`),
        },
        {
          weight: 2,
          arbitrary: fc
            .tuple(fc.constantFrom("any", "anys", "other"), tie("selection"))
            .map(
              ([name, below]) =>
                `${name} { __typename ... on Cup ${below} ... on Saucer { id mug ${below} } }`,
            ),
        },
      ),
      selection: fc
        .array(tie("field"), { minLength: 1, maxLength: 4 })
        .map((fields) => `{ ${fields.join(" ")} }`),
    }));
    await fc.assert(
      fc.asyncProperty(selection, fc.boolean(), async (text, yes) => {
        const { expected, ours } = await answers(
          `query ($yes: Boolean!) { __typename @include(if: $yes) cup ${text} }`,
          { yes },
        );
        for (const own of ours) {
          expect(own.data).toBe(expected.data);
          // Of what fails later, below what has failed already, there is more or less to tell.
          if (!/late/i.test(text)) expect(own.errors).toEqual(expected.errors);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe("a document of two mutations", () => {
  it("runs the one that is named, whichever was before", async () => {
    const text = "mutation Wipe { first(n: 1) } mutation Keep { second(n: 2) }";
    const document = parse(text);
    for (const name of ["Wipe", "Keep", "Wipe", "Keep"]) {
      const own = root();
      const operation = operations.find(document, name)!;
      await operations.execute(operation, {}, own);
      expect(own.told).toHaveLength(2);
      expect(own.told[0]).toBe(name === "Wipe" ? 'first {"n":1}' : 'second {"n":2}');
    }
    expect(operations.find(document, undefined)).toBeNull();
    expect(operations.find(document, "None")).toBeNull();
  });
});

describe("an operation", () => {
  const selected = Array.from({ length: 4_000 }, () => "id").join(" ");
  const execute = async (text: string) => {
    const document = parse(text);
    await operations.execute(operations.find(document, undefined)!, {}, { cup: () => null });
    return document;
  };

  it("is forgotten for later ones by what their documents weigh, however little they answer", async () => {
    const known = await execute("{ cup { id } }");
    const operation = operations.find(known, undefined);
    expect(operations.find(known, undefined)).toBe(operation);
    for (let n = 0; n < 50; n++) await execute(`query Q${n} { cup { ${selected} } }`);
    expect(operations.find(known, undefined)).not.toBe(operation);
  });

  it("that comes again stays known", async () => {
    const known = await execute("{ cup { id } }");
    const operation = operations.find(known, undefined);
    for (let n = 0; n < 50; n++) {
      await execute(`query Q${n} { cup { ${selected} } }`);
      expect(operations.find(known, undefined)).toBe(operation);
    }
  });
});
