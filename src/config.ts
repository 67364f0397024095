import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { z } from "zod";

export interface PostgresSettings {
  readonly url: string;
  readonly poolSize: number;
  /** Milliseconds, like the two below. */
  readonly statementTimeout: number;
  readonly connectTimeout: number;
  readonly idleTimeout: number;
  /** A pooler in transaction mode stands between. */
  readonly pooler: boolean;
  readonly prepare: boolean;
  /** Standbys that may answer reads. */
  readonly replicaUrls: readonly string[];
}

/** OpenTelemetry reads what else it can be told from the environment itself. */
export interface TracingSettings {
  readonly exporters: readonly ("otlp" | "console")[];
  readonly protocol: "http/protobuf" | "http/json";
}

export interface AccountSettings {
  readonly sid: string;
  readonly authToken: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** How many are at work at once; whoever comes beyond is answered 503. */
  readonly maxRequests: number;
  /** Origin of every URL that Parley prints. */
  readonly publicUrl: string;
  /** Absent: the embedded database in `dataDir`. */
  readonly postgres: PostgresSettings | undefined;
  readonly dataDir: string;
  /** Absent only where the database is embedded: the key is then kept beside it. */
  readonly secretKey: Buffer | undefined;
  /** The account whose token the environment rules. */
  readonly account: AccountSettings | undefined;
  readonly demo: boolean;
  readonly corsOrigins: readonly string[];
  readonly graphiql: boolean;
  readonly logLevel: string;
  /** Processes of `npm run cluster`. */
  readonly workers: number;
  /** What `/metrics` asks for. */
  readonly metricsToken: string | undefined;
  /** Milliseconds from which on a statement is logged; 0: never. */
  readonly slowStatement: number;
  /** Absent: nothing is traced. */
  readonly tracing: TracingSettings | undefined;
}

/** Says every fault of the environment at once. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
    this.name = "ConfigError";
  }
}

const EXAMPLES = {
  HOST: "127.0.0.1",
  PORT: "4000",
  PARLEY_PUBLIC_URL: "https://parley.example.com",
  DATABASE_URL: "postgres://parley:password@db.example.com:5432/parley",
  DATABASE_REPLICA_URLS:
    "postgres://parley:password@replica1.example.com/parley,postgres://parley:password@replica2.example.com/parley",
  PARLEY_DATA_DIR: ".parley",
  PARLEY_SECRET_KEY: "the output of `openssl rand -base64 32`",
  PARLEY_ACCOUNT_SID: "AC0123456789abcdef0123456789abcdef",
  PARLEY_AUTH_TOKEN: "the output of `openssl rand -hex 16`",
  PARLEY_DEMO: "true",
  PARLEY_CORS_ORIGINS: "https://app.example.com,https://admin.example.com",
  PARLEY_GRAPHIQL: "false",
  PARLEY_LOG_LEVEL: "info",
  PARLEY_METRICS_TOKEN: "the output of `openssl rand -hex 16`",
  PARLEY_SLOW_STATEMENT_MS: "500",
  PARLEY_MAX_REQUESTS: "256",
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:4318/v1/traces",
  OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
  PARLEY_WORKERS: "4",
  PARLEY_DB_POOL_SIZE: "10",
  PARLEY_DB_STATEMENT_TIMEOUT_MS: "3000",
  PARLEY_DB_CONNECT_TIMEOUT_MS: "3000",
  PARLEY_DB_IDLE_TIMEOUT_MS: "60000",
  PARLEY_DB_POOLER: "true",
  PARLEY_DB_PREPARE: "false",
} as const;

type Name = keyof typeof EXAMPLES;

const integer = (least: number, most: number, fallback: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number)
    .default(fallback);
const boolean = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((text) => text === "true");
const host = z
  .string()
  .refine((text) => hostOf(text) !== null, { error: "must be an IP address or a host name" });
const origin = z
  .string()
  .refine((text) => originOf(text) !== null, {
    error: "must be an origin: http or https, host and port, nothing behind",
  })
  .transform((text) => originOf(text)!);
const postgresUrl = z.string().refine((text) => /^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? ""), {
  error: "must be a postgres:// URL",
});
const httpUrl = z.string().refine((text) => /^https?:$/.test(urlOf(text)?.protocol ?? ""), {
  error: "must be an http:// or https:// URL",
});
const otlpProtocol = z.enum(["http/protobuf", "http/json"], { error: "must be http/protobuf or http/json" });
const secretKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, { error: "must be 32 bytes in base64" })
  .transform((text) => Buffer.from(text, "base64"));

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: host.default("127.0.0.1"),
  PORT: integer(1, 65_535, 4000),
  PARLEY_PUBLIC_URL: origin.optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim()))
    .pipe(z.array(postgresUrl))
    .default([]),
  PARLEY_DATA_DIR: z.string().default(".parley"),
  PARLEY_SECRET_KEY: secretKey.optional(),
  PARLEY_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, { error: "must be AC and 32 hex digits" })
    .transform((sid) => `AC${sid.slice(2).toLowerCase()}`)
    .optional(),
  PARLEY_AUTH_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{16,64}$/, { error: "must be 16 to 64 letters and digits" })
    .optional(),
  PARLEY_DEMO: boolean.default(false),
  PARLEY_CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim()))
    .pipe(z.array(origin))
    .default([]),
  PARLEY_GRAPHIQL: boolean.optional(),
  PARLEY_LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn, error, fatal or silent",
    })
    .default("info"),
  PARLEY_METRICS_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9._~+/-]{16,256}=*$/, {
      error: "must be 16 to 256 of the characters of a bearer token",
    })
    .optional(),
  PARLEY_SLOW_STATEMENT_MS: integer(0, 600_000, 500),
  PARLEY_MAX_REQUESTS: integer(1, 100_000, 256),
  OTEL_TRACES_EXPORTER: z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim()))
    .pipe(z.array(z.enum(["otlp", "console", "none"], { error: "must be otlp, console or none" })))
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: otlpProtocol.default("http/protobuf"),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: otlpProtocol.optional(),
  PARLEY_WORKERS: integer(1, 256, availableParallelism()),
  PARLEY_DB_POOL_SIZE: integer(1, 1000, 10),
  // A request is answered within 5 seconds, whatever the database does: it may have waited for its connection before.
  PARLEY_DB_STATEMENT_TIMEOUT_MS: integer(1, 3000, 3000),
  PARLEY_DB_CONNECT_TIMEOUT_MS: integer(1, 60_000, 3000),
  PARLEY_DB_IDLE_TIMEOUT_MS: integer(1000, 86_400_000, 60_000),
  PARLEY_DB_POOLER: boolean.default(false),
  PARLEY_DB_PREPARE: boolean.optional(),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** For several processes on one database. @throws ConfigError */
export function parseClusterConfig(env: Environment): Config {
  return parseConfig(env, { isCluster: true });
}

/** @throws ConfigError naming every fault, each with an example */
export function parseConfig(env: Environment, { isCluster = false } = {}): Config {
  // Where it is off nothing else of OpenTelemetry is looked at; the specification takes any other value for false.
  const isUntraced = env.OTEL_SDK_DISABLED?.toLowerCase() === "true";
  const isLookedAt = (name: string) => !isUntraced || !name.startsWith("OTEL_");
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== "" && isLookedAt(name)),
  );
  const parsed = environment.safeParse(given);
  const faults = new Map<Name, string>(relationFaults(given, isCluster));
  for (const issue of parsed.error?.issues ?? []) faults.set(issue.path[0] as Name, issue.message);
  if (!parsed.success || faults.size > 0) {
    const names = (Object.keys(EXAMPLES) as Name[]).filter((name) => faults.has(name));
    throw new ConfigError(names.map((name) => `${name} ${faults.get(name)}; for example: ${EXAMPLES[name]}`));
  }
  return configOf(parsed.data);
}

/** What one variable asks of another; judged by presence, so that it is said beside what is wrong in each. */
function* relationFaults(
  env: Record<string, string | undefined>,
  isCluster: boolean,
): Generator<[Name, string]> {
  const embedded = env.DATABASE_URL === undefined;
  if (embedded && isCluster) {
    yield ["DATABASE_URL", "is required by a cluster: the embedded database belongs to one process"];
  }
  if (isWildcard(env.HOST ?? "") && env.PARLEY_PUBLIC_URL === undefined) {
    yield [
      "PARLEY_PUBLIC_URL",
      "is required when HOST is a wildcard: it begins every URL that Parley prints",
    ];
  }
  if (!embedded && env.PARLEY_SECRET_KEY === undefined) {
    yield ["PARLEY_SECRET_KEY", "is required with DATABASE_URL: secrets are encrypted with it"];
  }
  if (embedded && env.DATABASE_REPLICA_URLS !== undefined) {
    yield [
      "DATABASE_URL",
      "is required with DATABASE_REPLICA_URLS: it is the primary, which takes all writes",
    ];
  }
  if (env.PARLEY_ACCOUNT_SID === undefined && env.PARLEY_AUTH_TOKEN !== undefined) {
    yield ["PARLEY_ACCOUNT_SID", "is required with PARLEY_AUTH_TOKEN"];
  }
  if (env.PARLEY_AUTH_TOKEN === undefined && env.PARLEY_ACCOUNT_SID !== undefined) {
    yield ["PARLEY_AUTH_TOKEN", "is required with PARLEY_ACCOUNT_SID"];
  }
  if (!embedded && env.PARLEY_DEMO === "true") {
    yield ["PARLEY_DEMO", "fills the embedded database only: unset it, or unset DATABASE_URL"];
  }
}

function configOf(env: z.output<typeof environment>): Config {
  const postgres = env.DATABASE_URL && {
    url: env.DATABASE_URL,
    poolSize: env.PARLEY_DB_POOL_SIZE,
    statementTimeout: env.PARLEY_DB_STATEMENT_TIMEOUT_MS,
    connectTimeout: env.PARLEY_DB_CONNECT_TIMEOUT_MS,
    idleTimeout: env.PARLEY_DB_IDLE_TIMEOUT_MS,
    pooler: env.PARLEY_DB_POOLER,
    // Not every pooler keeps a connection's prepared statements apart from another's.
    prepare: env.PARLEY_DB_PREPARE ?? !env.PARLEY_DB_POOLER,
    replicaUrls: Object.freeze(env.DATABASE_REPLICA_URLS),
  };
  const account = env.PARLEY_ACCOUNT_SID &&
    env.PARLEY_AUTH_TOKEN && { sid: env.PARLEY_ACCOUNT_SID, authToken: env.PARLEY_AUTH_TOKEN };
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    maxRequests: env.PARLEY_MAX_REQUESTS,
    publicUrl: env.PARLEY_PUBLIC_URL ?? new URL(`http://${hostOf(env.HOST)}:${env.PORT}`).origin,
    postgres: postgres ? Object.freeze(postgres) : undefined,
    dataDir: env.PARLEY_DATA_DIR,
    secretKey: env.PARLEY_SECRET_KEY,
    account: account ? Object.freeze(account) : undefined,
    demo: env.PARLEY_DEMO,
    corsOrigins: Object.freeze(env.PARLEY_CORS_ORIGINS),
    graphiql: env.PARLEY_GRAPHIQL ?? env.NODE_ENV !== "production",
    logLevel: env.PARLEY_LOG_LEVEL,
    metricsToken: env.PARLEY_METRICS_TOKEN,
    slowStatement: env.PARLEY_SLOW_STATEMENT_MS,
    tracing: tracingOf(env),
    workers: env.PARLEY_WORKERS,
  });
}

/** Asked for by an exporter, or by where to send to. */
function tracingOf(env: z.output<typeof environment>): TracingSettings | undefined {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const named = env.OTEL_TRACES_EXPORTER ?? (endpoint === undefined ? [] : ["otlp" as const]);
  const exporters = named.filter((name) => name !== "none");
  if (exporters.length === 0) return undefined;
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? env.OTEL_EXPORTER_OTLP_PROTOCOL;
  return Object.freeze({ exporters: Object.freeze([...new Set(exporters)]), protocol });
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function originOf(text: string): string | null {
  const url = urlOf(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  // A host may have quotes in it, and every URL that is answered begins with this one.
  const isPlain = /^https?:\/\/[\w.:[\]-]+$/.test(url.origin);
  return isPlain && url.href === `${url.origin}/` ? url.origin : null;
}

/** The host as it stands in a URL: IPv6 in brackets, numbers normalized (`0` is `0.0.0.0`). */
function hostOf(text: string): string | null {
  const literal = isIP(text) === 6 ? `[${text}]` : text;
  if (!/^[A-Za-z0-9._-]+$|^\[/.test(literal) || (isIP(text) !== 6 && literal.startsWith("["))) return null;
  return urlOf(`http://${literal}`)?.hostname ?? null;
}

function isWildcard(text: string): boolean {
  return ["0.0.0.0", "[::]", "[::ffff:0:0]"].includes(hostOf(text) ?? "");
}
