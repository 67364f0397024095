import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { CONSISTENCY } from "../consistency.ts";
import { errorBody } from "./errors.ts";
import { keyHeader, replayedHeader } from "./idempotency.ts";
import type { Route } from "./route.ts";

const DESCRIPTION = `Conversations, their participants and users, in the URLs, parameters and answers of the Twilio
Conversations API v1.

Parameters are form-encoded. Paths without \`/Services/{ChatServiceSid}\` mean the account's default service. Lists come
in pages: follow \`meta.next_page_url\` until it is null. Every answer carries a \`Twilio-Request-Id\`.

An error tells its code, and in \`more_info\` a page with its cause and its remedy; [/docs/errors](/docs/errors) lists them
all. A message names the SID that stands in the way, and \`details\` the parameter at fault, for programs.`;

const SUCCESS = {
  200: "OK",
  201: "Created",
  202: "Created, with all that was asked for.",
  204: "Done; no content.",
} as const;

const webhooksHeader = z.object({
  "X-Twilio-Webhook-Enabled": z
    .enum(["true", "false"])
    .optional()
    .describe("Whether the write fires webhooks. In upper, lower or mixed case."),
});

const consistencyHeader = z.object({
  [CONSISTENCY]: z
    .string()
    .optional()
    .describe(
      "Where read replicas are used: what the client has seen. Each answer carries it; who sends it back may be answered by a replica, and is shown no less than that. Without it the primary answers.",
    ),
});

/** The OpenAPI document of the route table, as JSON text. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): string {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  const document = createDocument({
    openapi: "3.1.0",
    info: { title: "Parley", version: "1", description: DESCRIPTION },
    servers: [{ url: publicUrl }],
    security: [{ basic: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: errorBody },
      securitySchemes: {
        basic: {
          type: "http",
          scheme: "basic",
          description: "Account SID and auth token, or API key SID and secret.",
        },
      },
    },
  });
  return JSON.stringify(document);
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { params, query, form, response, status, alternative } = route;
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.scoped ? `${route.summary} (of a given service)` : route.summary,
    requestParams: { path: params, query, header: headersOf(route) },
    ...(route.method === "POST"
      ? { requestBody: { content: { "application/x-www-form-urlencoded": { schema: form } } } }
      : {}),
    responses: {
      ...Object.fromEntries(
        [status, ...(alternative ? [alternative.status] : [])].map((status) => [
          String(status),
          {
            description: SUCCESS[status],
            headers:
              route.method === "GET" ? consistencyHeader : replayedHeader.extend(consistencyHeader.shape),
            ...(response === undefined ? {} : { content: { "application/json": { schema: response } } }),
          },
        ]),
      ),
      ...errorsOf(route),
    },
  };
}

function headersOf({ method, webhooks }: Route) {
  if (method === "GET") return consistencyHeader;
  const written = keyHeader.extend(consistencyHeader.shape);
  return webhooks ? written.extend(webhooksHeader.shape) : written;
}

function errorsOf(route: Route) {
  const errors: Record<string, string> = {
    400: "A parameter is invalid.",
    401: "The credentials are missing or wrong.",
    404: "What the path names does not exist.",
    431: "The URL and the headers are longer than 16 KB together.",
    500: "An error nobody foresaw.",
    503: "The service is unavailable; try again after the seconds of `Retry-After`.",
  };
  if (route.method !== "GET") {
    errors[403] = "A browser's write from a site that is not allowed.";
    errors[409] =
      "Something that exists stands in the way, a concurrent change, or another request under the same key.";
  }
  if (route.method === "POST") {
    errors[413] = "The body is larger than 1 MB.";
    errors[415] = "The body is not form-encoded.";
  }
  return Object.fromEntries(
    Object.entries(errors).map(([status, description]) => [
      status,
      { description, content: { "application/json": { schema: errorBody } } },
    ]),
  );
}
