import type { CodegenConfig } from "@graphql-codegen/cli";

/** Typed documents for the tests; `npm run codegen` writes them after a change of the schema or of a document. */
const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "test/graphql/documents.ts",
  importExtension: ".ts",
  generates: {
    "test/graphql/__generated__/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { DateTime: "string", JSON: "unknown" },
      },
    },
  },
};

export default config;
