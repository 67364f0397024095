import { setTimeout as sleep } from "node:timers/promises";
import { type Client, connections, createClient, type Heard, isTyped } from "./http.ts";

export interface Load {
  readonly port: number;
  readonly clients: number;
  /** For how long, unless it is stopped before. */
  readonly seconds: number;
  readonly signal?: AbortSignal;
  /** Sends one request. */
  readonly send: (ask: Client) => Promise<Heard>;
  /** Whether clients wait as `Retry-After` asks them to. */
  readonly patient?: boolean;
}

export interface Tally {
  /** Successes a second. */
  readonly goodput: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Of successes, and of refusals, in milliseconds. */
  readonly served: readonly number[];
  readonly refused: readonly number[];
  /** Answers of a server at fault that do not say how, in short. */
  readonly untyped: readonly string[];
  /** Requests without an answer, by why. */
  readonly unanswered: Readonly<Record<string, number>>;
}

/** Clients, each on a connection of its own, that send the next request once they have heard of the last. */
export async function load({ port, clients, seconds, signal, send, patient = true }: Load): Promise<Tally> {
  const end = performance.now() + seconds * 1000;
  const statuses: Record<number, number> = {};
  const unanswered: Record<string, number> = {};
  const served: number[] = [];
  const refused: number[] = [];
  const untyped: string[] = [];
  const client = async () => {
    const agent = connections(1);
    const ask = createClient(port, agent);
    while (performance.now() < end && !signal?.aborted) {
      try {
        const heard = await send(ask);
        statuses[heard.status] = (statuses[heard.status] ?? 0) + 1;
        (heard.status < 400 ? served : refused).push(heard.ms);
        if (!isTyped(heard)) untyped.push(`${heard.status} ${heard.text.slice(0, 200)}`);
        const seconds = Number(heard.headers["retry-after"] ?? 0);
        if (patient && seconds > 0) await sleep(seconds * 1000 * (0.75 + Math.random() / 2));
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        unanswered[code ?? message] = (unanswered[code ?? message] ?? 0) + 1;
        await sleep(100);
      }
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { goodput: Math.round(served.length / seconds), statuses, served, refused, untyped, unanswered };
}
