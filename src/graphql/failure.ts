import type { ObjectFieldBuilder } from "@pothos/core";
import { errorPage } from "../core/catalogue.ts";
import type { ApiError, ItemFault } from "../core/errors.ts";
import { errorOf, type Fault } from "../core/items.ts";
import { builder, type SchemaTypes } from "./builder.ts";
import { findNodes, Node } from "./node.ts";

/** An error as a value: GraphQL would take a plain one for a failed field. */
export interface Failure {
  readonly error: ApiError;
}

const ErrorInterface = builder.interfaceRef<Failure>("Error").implement({
  description:
    "Why a mutation did not happen; nothing was changed, but for parts of what is too large for one change, whose repeat goes on where it stopped. The types that implement it say more.",
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
      description: "The page with the error's cause and remedy.",
      resolve: ({ error }, _, { publicUrl }) => errorPage(publicUrl, error.twilioCode),
    }),
    parameter: t.string({
      nullable: true,
      description:
        "Path of the field at fault within the input, such as `messagingBinding.address` or `attributesText`, where it is one.",
      resolve: ({ error }) => error.parameter,
    }),
  }),
  resolveType: typeNameOf,
});

const ItemFaultType = builder.objectRef<ItemFault>("ItemFault").implement({
  description: "What is wrong with one of many things that were asked for at once.",
  fields: (t) => ({
    index: t.exposeInt("index", { description: "Its place in the input's list, from 0." }),
    error: t.field({
      type: ErrorInterface,
      description: "Why it can't be done; its `parameter` begins with its place: `participants[3].identity`.",
      resolve: ({ error }) => ({ error }),
    }),
  }),
});

export const ERRORS = {
  invalid: builder.objectRef<Failure>("InvalidInputError").implement({
    description: "The input breaks a rule.",
    interfaces: [ErrorInterface],
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
        type: Node,
        nullable: true,
        description: "The object that stands in the way, where it is one and still there.",
        resolve: async ({ error }, _, ctx) => (await findNodes(ctx, [error.conflicting ?? null]))[0],
      }),
    }),
  }),
  items: builder.objectRef<Failure>("ItemsError").implement({
    description:
      "Of many things that were asked for at once, all or nothing, some can't be done. The fields of every error tell of the first of them.",
    interfaces: [ErrorInterface],
    fields: (t) => ({
      faults: t.field({
        type: [ItemFaultType],
        description: "What is wrong with each of them, in the order of the input.",
        resolve: ({ error }) => [...(error.faults ?? [])],
      }),
    }),
  }),
} as const;

/** The type that a failure is answered as. */
export function typeNameOf({ error }: Failure): string {
  return ERRORS[error.faults ? "items" : (error.kind as keyof typeof ERRORS)].name;
}

/** What kept one of many from being done, from what was stored of it. */
export function failureField<T extends { readonly error: Fault | null }>(
  t: ObjectFieldBuilder<SchemaTypes, T>,
  description: string,
) {
  return t.field({
    type: ErrorInterface,
    nullable: true,
    description,
    resolve: ({ error }) => error && { error: errorOf(error) },
  });
}
