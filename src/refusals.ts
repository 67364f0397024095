import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { createRequestId } from "./app.ts";
import { CATALOGUE, errorPage } from "./core/catalogue.ts";
import type { Logger } from "./log.ts";

/** Answers by hand, and logs, what never reaches the app; each connection closes with it. */
export interface Refusals {
  refuse(response: ServerResponse, status: number, code: string): void;
  /** For what Node could not parse, and so has no response to be written to. */
  refuseUnparsed(error: UnparsedError, socket: Duplex): void;
}

/** `rawPacket` is what Node was parsing. */
type UnparsedError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

const UNPARSED: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

export function createRefusals(publicUrl: string, log: Logger): Refusals {
  const { code: twilioCode } = CATALOGUE.INVALID_PARAMETER;
  const more_info = errorPage(publicUrl, twilioCode);
  const answer = (status: number, code: string) => {
    const requestId = createRequestId();
    log.info({ requestId, status, code }, "request refused");
    const body = JSON.stringify({ code: twilioCode, message: STATUS_CODES[status], more_info, status });
    const headers = {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
      "Twilio-Request-Id": requestId,
      Connection: "close",
    };
    return { headers, body };
  };
  return {
    refuse(response, status, code) {
      const { headers, body } = answer(status, code);
      response.writeHead(status, headers).end(body);
    },
    refuseUnparsed(error, socket) {
      if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
      const status = UNPARSED[error.code ?? ""] ?? 400;
      const { headers, body } = answer(status, error.code ?? "UNPARSED");
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const isHead = error.rawPacket?.toString("latin1", 0, 5) === "HEAD ";
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join("")}\r\n${isHead ? "" : body}`);
    },
  };
}
