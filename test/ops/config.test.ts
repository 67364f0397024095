import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { parseClusterConfig, parseConfig } from "../../src/config.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");

function faultsOf(env: Record<string, string>): string {
  try {
    parseConfig(env);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("parseConfig", () => {
  it("answers the defaults for an empty environment, and empty texts count as absent", () => {
    const config = parseConfig({ DATABASE_URL: "", PORT: "", PARLEY_DEMO: "" });
    expect(config).toEqual({
      host: "127.0.0.1",
      port: 4000,
      maxRequests: 256,
      publicUrl: "http://127.0.0.1:4000",
      postgres: undefined,
      dataDir: ".parley",
      secretKey: undefined,
      account: undefined,
      demo: false,
      corsOrigins: [],
      graphiql: true,
      logLevel: "info",
      metricsToken: undefined,
      slowStatement: 500,
      tracing: undefined,
      workers: availableParallelism(),
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318" }, { exporters: ["otlp"], protocol: "http/protobuf" }],
    [{ OTEL_TRACES_EXPORTER: "console" }, { exporters: ["console"], protocol: "http/protobuf" }],
    [
      { OTEL_TRACES_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" },
      { exporters: ["otlp"], protocol: "http/json" },
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318", OTEL_SDK_DISABLED: "TRUE" }, undefined],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc", OTEL_TRACES_EXPORTER: "otlp", OTEL_SDK_DISABLED: "TRUE" },
      undefined,
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318", OTEL_TRACES_EXPORTER: "none" }, undefined],
    [{ OTEL_SERVICE_NAME: "chat", OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" }, undefined],
  ])("traces where the standard variables ask for it: %o", (env, tracing) => {
    expect(parseConfig(env).tracing).toEqual(tracing);
  });

  it("reads everything that is given", () => {
    const config = parseConfig({
      NODE_ENV: "production",
      HOST: "::1",
      PORT: "8080",
      DATABASE_URL: "postgres://u:p@db:5432/parley",
      PARLEY_SECRET_KEY: KEY,
      PARLEY_ACCOUNT_SID: "AC0123456789ABCDEF0123456789abcdef",
      PARLEY_AUTH_TOKEN: "a".repeat(16),
      PARLEY_CORS_ORIGINS: "https://a.example.com, http://localhost:3000/",
      PARLEY_DB_POOL_SIZE: "3",
      PARLEY_MAX_REQUESTS: "50",
    });
    expect(config).toMatchObject({
      maxRequests: 50,
      publicUrl: "http://[::1]:8080",
      postgres: {
        url: "postgres://u:p@db:5432/parley",
        poolSize: 3,
        statementTimeout: 3000,
        connectTimeout: 3000,
      },
      secretKey: Buffer.alloc(32, 7),
      account: { sid: "AC0123456789abcdef0123456789abcdef", authToken: "a".repeat(16) },
      corsOrigins: ["https://a.example.com", "http://localhost:3000"],
      graphiql: false,
    });
  });

  it("prepares no statements by name behind a pooler, unless it is told that the pooler keeps them", () => {
    const env = { DATABASE_URL: "postgres://db/parley", PARLEY_SECRET_KEY: KEY };
    const of = (more: Record<string, string>) => parseConfig({ ...env, ...more }).postgres;
    expect(of({})).toMatchObject({ pooler: false, prepare: true });
    expect(of({ PARLEY_DB_POOLER: "true" })).toMatchObject({ pooler: true, prepare: false });
    expect(of({ PARLEY_DB_POOLER: "true", PARLEY_DB_PREPARE: "true" })).toMatchObject({ prepare: true });
  });

  it("names every fault in one message, each with an example", () => {
    const message = faultsOf({
      HOST: "0.0.0.0",
      PORT: "70000",
      DATABASE_URL: "mysql://u:hunter2@db/parley",
      PARLEY_ACCOUNT_SID: "AC12",
      PARLEY_DEMO: "true",
      PARLEY_CORS_ORIGINS: "https://a.example.com,https://b.example.com/path",
      PARLEY_GRAPHIQL: "yes",
      PARLEY_LOG_LEVEL: "loud",
      PARLEY_DB_STATEMENT_TIMEOUT_MS: "4500",
    });
    for (const name of [
      "PORT",
      "PARLEY_PUBLIC_URL",
      "DATABASE_URL",
      "PARLEY_SECRET_KEY",
      "PARLEY_ACCOUNT_SID",
      "PARLEY_AUTH_TOKEN",
      "PARLEY_DEMO",
      "PARLEY_CORS_ORIGINS",
      "PARLEY_GRAPHIQL",
      "PARLEY_LOG_LEVEL",
      "PARLEY_DB_STATEMENT_TIMEOUT_MS",
    ]) {
      expect(message).toMatch(new RegExp(`^ {2}${name} .*; for example: `, "m"));
    }
    expect(message).not.toContain("hunter2");
  });

  it("asks for DATABASE_URL where there are to be several processes", () => {
    expect(() => parseClusterConfig({})).toThrow(
      /DATABASE_URL is required by a cluster.*; for example: postgres:/,
    );
    const env = { DATABASE_URL: "postgres://u:p@db/parley", PARLEY_SECRET_KEY: KEY, PARLEY_WORKERS: "3" };
    expect(parseClusterConfig(env).workers).toBe(3);
    expect(faultsOf({ PARLEY_WORKERS: "0" })).toContain("PARLEY_WORKERS must be a whole number");
  });

  it.each(["0.0.0.0", "::", "0", "0:0::0", "::ffff:0.0.0.0"])(
    "asks for PARLEY_PUBLIC_URL where HOST is %s",
    (HOST) => {
      expect(faultsOf({ HOST })).toContain("PARLEY_PUBLIC_URL is required");
      expect(parseConfig({ HOST, PARLEY_PUBLIC_URL: "https://parley.example.com" }).publicUrl).toBe(
        "https://parley.example.com",
      );
    },
  );

  it.each(["a b", "http://x", "[::1]", "x/y", "x:80", "user@x"])("refuses %s as HOST", (HOST) => {
    expect(faultsOf({ HOST })).toContain("HOST must be");
  });

  it.each(["https://x/path", "https://u:p@x", "https://x?q", "ftp://x", "x", 'http://a"b'])(
    "refuses %s as PARLEY_PUBLIC_URL",
    (url) => {
      expect(faultsOf({ PARLEY_PUBLIC_URL: url })).toContain("PARLEY_PUBLIC_URL must be an origin");
    },
  );

  it.each(["short", `${KEY}A`, Buffer.alloc(31).toString("base64"), "z".repeat(44)])(
    "refuses %s as the key",
    (key) => {
      expect(faultsOf({ PARLEY_SECRET_KEY: key })).toContain("PARLEY_SECRET_KEY must be 32 bytes");
    },
  );
});
