import type { Logger } from "pino";
import type { Answer } from "../core/answer.ts";
import { notFound } from "../core/errors.ts";
import { errorAnswer, methodNotAllowed } from "../rest/errors.ts";
import { errorFiles } from "./errors.ts";
import { serve } from "./file.ts";
import { swaggerFiles } from "./swagger.ts";

/** Serves what is written for people, `/docs` and all below it, and `/openapi.json`; null for other paths. */
export function createDocs(document: string, publicUrl: string) {
  const files = new Map([...swaggerFiles(document, publicUrl), ...errorFiles()]);
  return (request: Request, path: string, log: Logger): Answer | Response | null => {
    const failed = { path, publicUrl, log };
    const file = files.get(path);
    if (file === undefined) {
      const bare = path.replace(/\/$/, "");
      if (files.has(bare)) return new Response(null, { status: 308, headers: { Location: bare } });
      return path.startsWith("/docs/") ? errorAnswer(notFound("Path"), failed) : null;
    }
    return request.method === "GET" || request.method === "HEAD"
      ? serve(file, request)
      : methodNotAllowed("GET, HEAD", failed);
  };
}
