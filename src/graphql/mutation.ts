import type { InputFieldMap, InputObjectRef, InputShapeFromFields, ObjectFieldsShape } from "@pothos/core";
import type { Context } from "../context.ts";
import { ApiError, renaming } from "../core/errors.ts";
import { once } from "../once.ts";
import { type AttributesInput, attributesName } from "./attributes.ts";
import { builder, type InputFields, type SchemaTypes } from "./builder.ts";
import { ERRORS, type Failure, typeNameOf } from "./failure.ts";

/** What comes back from JSON as it was: an answer is stored for those who repeat the request. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Error | Date | ((...args: never) => unknown)
    ? never
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : never;

/** What every input has. */
interface KeyedInput extends AttributesInput {
  readonly idempotencyKey?: string | null;
}

const IDEMPOTENCY_KEY =
  "A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent.";

/** Ends the transaction of a write that has done nothing, with what it answers. */
class NothingDone extends Error {
  readonly response: string;

  constructor(response: string) {
    super("nothing was done that could be stored");
    this.response = response;
  }
}

interface Repeatable<Payload> {
  readonly key: string;
  readonly asked: unknown;
  readonly work: (ctx: Context) => Promise<Payload>;
  readonly isFailure: ((payload: Payload) => boolean) | undefined;
}

/** What is answered is what was stored, the first time too, so that no repeat can differ. */
async function repeatable<Payload>(
  ctx: Context,
  { key, asked, work, isFailure }: Repeatable<Payload>,
): Promise<Payload> {
  try {
    const { response } = await once(ctx, { key, asked }, async (ctx) => {
      const payload = await work(ctx);
      const response = JSON.stringify(payload);
      if (isFailure?.(payload)) throw new NothingDone(response);
      return response;
    });
    return JSON.parse(response);
  } catch (error) {
    if (error instanceof NothingDone) return JSON.parse(error.response);
    throw error;
  }
}

type MutationError = keyof typeof ERRORS;

/** Every input can break a rule and can collide, be it only by its key. */
const ALWAYS = ["invalid", "conflict"] as const satisfies readonly MutationError[];

interface MutationOptions<Fields extends InputFieldMap, Payload extends object> {
  readonly description: string;
  /** The type of the input, beside `idempotencyKey`, which every one has. */
  readonly input: { readonly description: string; readonly fields: (t: InputFields) => Fields };
  /** The kinds of errors that can happen to it beside those that can happen to all; they are answered as values. */
  readonly errors: readonly Exclude<MutationError, (typeof ALWAYS)[number]>[];
  readonly payload: ObjectFieldsShape<SchemaTypes, Payload>;
  readonly resolve: (ctx: Context, input: InputShapeFromFields<Fields>) => Promise<Payload & Plain<Payload>>;
  /** Whether nothing was done: like an error, such an answer is not kept for repeats. */
  readonly isFailure?: (payload: Payload) => boolean;
}

/**
 * Adds a mutation with one `input: …Input!` and the result `…Payload | …Error`. What is in no kind stays a top-level
 * error.
 */
export function mutation<Fields extends InputFieldMap, Payload extends object>(
  name: string,
  options: MutationOptions<Fields, Payload>,
): void {
  const { description, resolve, isFailure } = options;
  const errors = [...ALWAYS, ...options.errors];
  const typeName = name.charAt(0).toUpperCase() + name.slice(1);
  const input = builder.inputType(`${typeName}Input`, {
    description: options.input.description,
    fields: (t) => ({
      ...options.input.fields(t),
      idempotencyKey: t.string({ description: IDEMPOTENCY_KEY }),
    }),
  }) as InputObjectRef<SchemaTypes, KeyedInput>;
  const payload = builder.objectRef<Payload>(`${typeName}Payload`);
  payload.implement({ description: `What \`${name}\` has done.`, fields: options.payload });
  const result = builder.unionType(`${typeName}Result`, {
    description: `\`${typeName}Payload\`, or why \`${name}\` did not happen.`,
    types: [payload, ...errors.map((kind) => ERRORS[kind])] as never,
    resolveType: (value: Payload | Failure) =>
      "error" in value && value.error instanceof ApiError ? typeNameOf(value as Failure) : payload.name,
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: result,
      nullable: true,
      description: `${description} Null only where the server failed, with a top-level error.`,
      args: { input: t.arg({ type: input, required: true }) },
      resolve: async (_, args, ctx) => {
        const { idempotencyKey: key, ...input } = args.input;
        const work = (ctx: Context) =>
          renaming(attributesName(input), () => resolve(ctx, input as InputShapeFromFields<Fields>));
        try {
          if (key == null) return (await work(ctx)) as never;
          return (await repeatable(ctx, { key, asked: [name, input], work, isFailure })) as never;
        } catch (error) {
          if (error instanceof ApiError && (errors as readonly string[]).includes(error.kind)) {
            return { error } as never;
          }
          throw error;
        }
      },
    }),
  );
}
