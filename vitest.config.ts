import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/setup/global.ts",
    // Files share their worker's modules, and so one embedded database: every test makes its own account.
    isolate: false,
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Node resolves this package to CommonJS and vite to ESM; two copies of it refuse each other's schemas.
    alias: { graphql: fileURLToPath(new URL("node_modules/graphql/index.js", import.meta.url)) },
  },
});
