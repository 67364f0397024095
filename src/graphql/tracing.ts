import { type GraphQLSchema, isIntrospectionType, isObjectType } from "graphql";
import type { Tracing } from "../observe/tracing.ts";

/** From now on the resolvers of the schema are steps of the requests they run for, named `Type.field`. */
export function traceResolvers(schema: GraphQLSchema, { step }: Tracing): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve, extensions } = field;
      if (resolve === undefined || extensions.pothosExposedField) continue;
      const name = `${type.name}.${field.name}`;
      field.resolve = (source, args, context, info) =>
        step(name, info.fieldNodes[0]!, () => resolve(source, args, context, info));
    }
  }
}
