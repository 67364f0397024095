import type { Worker } from "node:cluster";
import { AggregatorRegistry } from "prom-client";
import type { Exposition, Snapshot } from "./observe/observer.ts";

/** What workers and their primary say to each other so that whoever is asked for metrics tells of all. */
type Message =
  | { readonly metrics: "wanted" | "collect"; readonly id: number }
  | { readonly metrics: "collected"; readonly id: number; readonly snapshot: Snapshot }
  | { readonly metrics: "summed"; readonly id: number; readonly exposition: Exposition };

/** How long a worker may take to tell, in milliseconds; who is busier is left out. */
const PATIENCE = 1_000;

/** For a worker: tells its primary what it is asked for. @returns what asks for the sum over all workers */
export function gatherMetrics(snapshot: () => Promise<Snapshot>): () => Promise<Exposition> {
  const asked = new Map<number, (exposition: Exposition) => void>();
  let last = 0;
  const say = (message: Message) => void process.send!(message);
  process.on("message", async (message: Message) => {
    const { metrics, id } = message;
    if (metrics === "collect") say({ metrics: "collected", id, snapshot: await snapshot() });
    if (metrics === "summed") {
      asked.get(id)?.(message.exposition);
      asked.delete(id);
    }
  });
  return () =>
    new Promise((told) => {
      asked.set(++last, told);
      say({ metrics: "wanted", id: last });
    });
}

/** For a primary: answers what a worker says about metrics. */
export function sumMetrics(workers: () => Iterable<Worker>): (worker: Worker, message: Message) => void {
  const collecting = new Map<number, (snapshot: Snapshot) => void>();
  let last = 0;
  const say = (worker: Worker, message: Message) => void worker.send(message, undefined, undefined, () => {});
  const collect = () =>
    new Promise<Snapshot[]>((collected) => {
      const id = ++last;
      const told: Snapshot[] = [];
      const asked = [...workers()];
      const end = () => {
        clearTimeout(timer);
        collecting.delete(id);
        collected(told);
      };
      const timer = setTimeout(end, PATIENCE);
      collecting.set(id, (snapshot) => {
        if (told.push(snapshot) === asked.length) end();
      });
      for (const worker of asked) say(worker, { metrics: "collect", id });
    });
  return async (worker, message) => {
    if (message.metrics === "collected") collecting.get(message.id)?.(message.snapshot);
    if (message.metrics !== "wanted") return;
    const sum = AggregatorRegistry.aggregate(await collect());
    const exposition = { type: sum.contentType, text: await sum.metrics() };
    say(worker, { metrics: "summed", id: message.id, exposition });
  };
}
