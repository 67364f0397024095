import {
  defaultFieldResolver,
  defaultTypeResolver,
  type ExecutionResult,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isObjectType,
  locatedError,
} from "graphql";
import type { FieldPlan, Operation, Plan, ValuePlan, Variables } from "./plan.ts";

type Arguments = { readonly [name: string]: unknown };

/** An object or a list of the answer. */
type Holder = { [key: string | number]: unknown };

const NO_ARGUMENTS: Arguments = Object.freeze({});

/** An object of the answer, without what every object inherits: its names are the client's. */
const Answer = function Answer() {} as unknown as { new (): Holder; prototype: object };
Answer.prototype = Object.create(null);

/** Where a value stands. One that fails is null there, or else in the nearest place above that may be null. */
interface Place {
  readonly above: Place | null;
  readonly holder: Holder;
  readonly key: string | number;
  readonly nullable: boolean;
  /** Whether null stands here, or above, because something failed. */
  lost: boolean;
}

/** Executes a planned operation, once. */
export function execute(plan: Plan, variables: Variables, context: unknown): Promise<ExecutionResult> {
  return new Execution(plan, variables, context).run();
}

/**
 * What the specification says of executing, with the errors of graphql-js. A value goes straight to its place in the
 * answer, now or when its promise is fulfilled; nothing is awaited in between, and no promise is made.
 */
class Execution {
  private readonly plan: Plan;
  private readonly context: unknown;
  private readonly variables: Variables;
  private readonly args = new Map<FieldPlan, Arguments>();
  private readonly errors: GraphQLError[] = [];
  private pending = 0;
  private done: () => void = () => {};

  constructor(plan: Plan, variables: Variables, context: unknown) {
    this.plan = plan;
    this.context = context;
    this.variables = variables;
  }

  async run(): Promise<ExecutionResult> {
    const { fields, operation } = this.plan;
    const result: Holder = { data: new Answer() };
    const root: Place = { above: null, holder: result, key: "data", nullable: true, lost: false };
    const data = result.data as Holder;
    if (operation.definition.operation === "mutation") {
      for (const field of fields) {
        this.resolve(field, undefined, data, root);
        if (this.pending > 0) await this.settled();
        if (root.lost) break;
      }
    } else {
      this.resolveAll(fields, undefined, data, root);
      if (this.pending > 0) await this.settled();
    }
    return this.errors.length === 0 ? result : { errors: this.errors, ...result };
  }

  private settled(): Promise<void> {
    return new Promise((resolve) => {
      this.done = resolve;
    });
  }

  private resolveAll(fields: readonly FieldPlan[], source: unknown, answer: Holder, object: Place): void {
    for (const field of fields) {
      this.resolve(field, source, answer, object);
      if (object.lost) return;
    }
  }

  private resolve(plan: FieldPlan, source: unknown, answer: Holder, object: Place): void {
    let found: unknown;
    try {
      found = this.find(plan, source, object);
    } catch (error) {
      this.fail(plan, placeOf(plan.value, answer, plan.key, object), error);
      return;
    }
    this.put(plan, plan.value, found, answer, plan.key, object);
  }

  private find(plan: FieldPlan, source: unknown, object: Place): unknown {
    const { resolve, name } = plan.field;
    if (resolve === undefined) {
      const value = (source as Holder | undefined)?.[name];
      if (typeof value !== "function") return value;
    }
    const resolver = resolve ?? defaultFieldResolver;
    return resolver(source, this.argumentsOf(plan), this.context, this.infoOf(plan, object));
  }

  private argumentsOf(plan: FieldPlan): Arguments {
    if (plan.field.args.length === 0) return NO_ARGUMENTS;
    const known = this.args.get(plan);
    if (known) return known;
    const args = getArgumentValues(plan.field, plan.nodes[0], this.variables);
    this.args.set(plan, args);
    return args;
  }

  private put(
    field: FieldPlan,
    plan: ValuePlan,
    found: unknown,
    holder: Holder,
    key: string | number,
    above: Place,
  ) {
    if (found == null && plan.nullable) {
      holder[key] = null;
    } else if (isPromise(found)) {
      // The order of the answer is that of the document.
      holder[key] = null;
      this.putLater(field, plan, found, placeOf(plan, holder, key, above));
    } else if (plan.kind === "leaf") {
      try {
        holder[key] = leaf(field, plan, found);
      } catch (error) {
        this.fail(field, placeOf(plan, holder, key, above), error);
      }
    } else {
      const place = placeOf(plan, holder, key, above);
      try {
        this.fill(field, plan, found, place);
      } catch (error) {
        this.fail(field, place, error);
      }
    }
  }

  private putLater(field: FieldPlan, plan: ValuePlan, promised: PromiseLike<unknown>, place: Place): void {
    this.pending++;
    promised.then(
      (found) => {
        if (this.errors.length === 0 || !isLost(place)) {
          this.put(field, plan, found, place.holder, place.key, place.above!);
        }
        this.settle();
      },
      (error) => {
        this.fail(field, place, error);
        this.settle();
      },
    );
  }

  private settle(): void {
    if (--this.pending === 0) this.done();
  }

  private fill(
    field: FieldPlan,
    plan: Exclude<ValuePlan, { kind: "leaf" }>,
    found: unknown,
    place: Place,
  ): void {
    check(field, found);
    if (plan.kind === "list") {
      if (!isIterable(found)) {
        throw new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`);
      }
      const items: Holder = [] as never;
      place.holder[place.key] = items;
      let index = 0;
      for (const item of found) {
        this.put(field, plan.item, item, items, index++, place);
        if (place.lost) return;
      }
      return;
    }
    const type = plan.kind === "object" ? plan.type : this.typeOf(field, plan.type, found, place);
    if (type.isTypeOf?.(found, this.context, this.infoOf(field, place)) === false) {
      throw new GraphQLError(`Expected value of type "${type.name}".`);
    }
    const answer = new Answer();
    place.holder[place.key] = answer;
    this.resolveAll(plan.fields(type), found, answer, place);
  }

  private typeOf(
    field: FieldPlan,
    type: GraphQLAbstractType,
    found: unknown,
    place: Place,
  ): GraphQLObjectType {
    const { schema } = this.plan.operation;
    const resolveType = type.resolveType ?? defaultTypeResolver;
    const name = resolveType(found, this.context, this.infoOf(field, place), type);
    const runtimeType = typeof name === "string" ? schema.getType(name) : undefined;
    if (!isObjectType(runtimeType) || !schema.isSubType(type, runtimeType)) {
      throw new GraphQLError(
        `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
      );
    }
    return runtimeType;
  }

  private infoOf(field: FieldPlan, place: Place): GraphQLResolveInfo {
    return new Info(this.plan.operation, this.variables, field, place);
  }

  private fail(field: FieldPlan, place: Place, error: unknown): void {
    if (isLost(place)) return;
    let at = place;
    while (!at.nullable && at.above) {
      at.lost = true;
      at = at.above;
    }
    at.lost = true;
    at.holder[at.key] = null;
    this.errors.push(locatedError(error, field.nodes, keysTo(place)));
  }
}

/** What a resolver is told of its field; few ask. */
class Info implements GraphQLResolveInfo {
  readonly rootValue = undefined;
  readonly variableValues: Variables;
  private readonly asked: Operation;
  private readonly plan: FieldPlan;
  private readonly object: Place;

  constructor(operation: Operation, variables: Variables, plan: FieldPlan, object: Place) {
    this.variableValues = variables;
    this.asked = operation;
    this.plan = plan;
    this.object = object;
  }

  get fieldName() {
    return this.plan.field.name;
  }
  get fieldNodes() {
    return this.plan.nodes;
  }
  get returnType() {
    return this.plan.field.type;
  }
  get parentType() {
    return this.plan.parentType;
  }
  get path() {
    return pathTo(this.object, this.plan.key);
  }
  get schema() {
    return this.asked.schema;
  }
  get fragments() {
    return this.asked.fragments;
  }
  get operation() {
    return this.asked.definition;
  }
}

function placeOf(plan: ValuePlan, holder: Holder, key: string | number, above: Place): Place {
  return { above, holder, key, nullable: plan.nullable, lost: false };
}

function isLost(place: Place): boolean {
  for (let at: Place | null = place; at; at = at.above) if (at.lost) return true;
  return false;
}

function keysTo(place: Place): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = place; at.above; at = at.above) keys.unshift(at.key);
  return keys;
}

function pathTo(object: Place, key: string): GraphQLResolveInfo["path"] {
  let path: GraphQLResolveInfo["path"] | undefined;
  for (const each of [...keysTo(object), key]) path = { prev: path, key: each, typename: undefined };
  return path!;
}

/** @throws what is wrong with the value, where it can't stand in its place */
function leaf(field: FieldPlan, { type }: Extract<ValuePlan, { kind: "leaf" }>, found: unknown): unknown {
  check(field, found);
  const serialized = type.serialize(found);
  if (serialized == null) throw new Error(`Expected "${type.name}.serialize" to return a value.`);
  return serialized;
}

function check(field: FieldPlan, found: unknown): void {
  if (found instanceof Error) throw found;
  if (found == null) throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`);
}

function nameOf({ parentType, field }: FieldPlan): string {
  return `${parentType.name}.${field.name}`;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
