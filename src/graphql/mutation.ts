import type { InputRef, ObjectFieldsShape } from "@pothos/core";
import type { Context } from "../context.ts";
import { ApiError } from "../core/errors.ts";
import { type AttributesInput, attributesName } from "./attributes.ts";
import { builder, type SchemaTypes } from "./builder.ts";
import { renaming } from "./errors.ts";
import { findNodes } from "./node.ts";

/** An error as a value: GraphQL would take a plain one for a failed field. */
interface Failure {
  readonly error: ApiError;
}

const ErrorInterface = builder.interfaceRef<Failure>("Error").implement({
  description: "Why a mutation did not happen; nothing was changed. The types that implement it say more.",
  fields: (t) => ({
    message: t.string({
      description: "For people; its wording may change.",
      resolve: ({ error }) => error.message,
    }),
    code: t.string({
      description: "For programs, such as `PARTICIPANT_EXISTS`.",
      resolve: ({ error }) => error.code,
    }),
    status: t.int({
      description: "HTTP status of the same error on v1.",
      resolve: ({ error }) => error.status,
    }),
    twilioCode: t.int({ description: "Twilio's number for it.", resolve: ({ error }) => error.twilioCode }),
    moreInfo: t.string({
      description: "Where Twilio's number is explained.",
      resolve: ({ error }) => error.moreInfo,
    }),
  }),
});

const ERRORS = {
  invalid: builder.objectRef<Failure>("InvalidInputError").implement({
    description: "The input breaks a rule.",
    interfaces: [ErrorInterface],
    fields: (t) => ({
      parameter: t.string({
        nullable: true,
        description:
          "Path of the field at fault within the input, such as `messagingBinding.address` or `attributesText`, where it is one.",
        resolve: ({ error }) => error.parameter,
      }),
    }),
  }),
  notFound: builder.objectRef<Failure>("NotFoundError").implement({
    description: "The object to be changed, or one that has to be there for it, does not exist.",
    interfaces: [ErrorInterface],
  }),
  conflict: builder.objectRef<Failure>("ConflictError").implement({
    description: "The change collides with something that exists.",
    interfaces: [ErrorInterface],
    fields: (t) => ({
      conflicting: t.field({
        type: builder.nodeInterfaceRef(),
        nullable: true,
        description: "The object that stands in the way, where it is one and still there.",
        resolve: async ({ error }, _, ctx) => (await findNodes(ctx, [error.conflicting ?? null]))[0],
      }),
    }),
  }),
} as const;

type MutationError = keyof typeof ERRORS;

interface MutationOptions<Input, Payload extends object> {
  readonly description: string;
  readonly input: InputRef<Input>;
  /** The kinds of errors that can happen to it; they are answered as values. */
  readonly errors: readonly MutationError[];
  readonly payload: ObjectFieldsShape<SchemaTypes, Payload>;
  readonly resolve: (ctx: Context, input: Input) => Promise<Payload>;
}

/** Adds a mutation with one `input` and the result `…Payload | …Error`. What is in no kind stays a top-level error. */
export function mutation<Input, Payload extends object>(
  name: string,
  options: MutationOptions<Input, Payload>,
): void {
  const { description, input, errors, resolve } = options;
  const typeName = name.charAt(0).toUpperCase() + name.slice(1);
  const payload = builder.objectRef<Payload>(`${typeName}Payload`);
  payload.implement({ description: `What \`${name}\` has done.`, fields: options.payload });
  const result = builder.unionType(`${typeName}Result`, {
    description: `\`${typeName}Payload\`, or why \`${name}\` did not happen.`,
    types: [payload, ...errors.map((kind) => ERRORS[kind])] as never,
    resolveType: (value: Payload | Failure) =>
      "error" in value && value.error instanceof ApiError
        ? ERRORS[value.error.kind as MutationError].name
        : payload.name,
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: result,
      nullable: true,
      description: `${description} Null only where the server failed, with a top-level error.`,
      args: { input: t.arg({ type: input, required: true }) },
      resolve: async (_, args, ctx) => {
        try {
          const { input } = args as { input: Input & AttributesInput };
          return (await renaming(attributesName(input), () => resolve(ctx, input))) as never;
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
