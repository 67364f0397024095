/** What answers have told so far, so that what is asked next reaches things that are there. */
export interface Known {
  learn(body: unknown): void;
  /** A value that something of that name has had; names are compared without case and separators. */
  value(name: string, at: number): string | undefined;
  /** Something whose SID begins so, with the SIDs of what it belongs to. */
  record(prefix: string, at: number): Readonly<Record<string, string>> | undefined;
  /** The path of a resource below `/v1`, by its template with every parameter as `{}`. */
  path(template: string, at: number): string | undefined;
}

const SID = /^[A-Z]{2}[0-9a-f]{32}$/;
/** Of each kind; the oldest gives way. */
const MOST = 300;

export function createKnown(): Known {
  const values = new Map<string, Ring<string>>();
  const records = new Map<string, Ring<Record<string, string>>>();
  const paths = new Map<string, Ring<string>>();

  const learnObject = (found: Record<string, unknown>) => {
    const texts: Record<string, string> = {};
    for (const [key, value] of Object.entries(found)) {
      const name = plain(key);
      if (typeof value === "string") {
        texts[name] = value;
        if (value.length <= 300) ringOf(values, name).add(value);
      } else learn(value);
    }
    const { sid, url } = texts;
    if (sid !== undefined && SID.test(sid)) ringOf(records, sid.slice(0, 2)).add(texts);
    if (url?.includes("/v1/")) {
      const path = new URL(url).pathname;
      ringOf(paths, templateOf(path)).add(path);
    }
  };
  const learn = (body: unknown): void => {
    if (Array.isArray(body)) for (const item of body) learn(item);
    else if (typeof body === "object" && body !== null) learnObject(body as Record<string, unknown>);
  };
  return {
    learn,
    value: (name, at) => values.get(plain(name))?.get(at),
    record: (prefix, at) => records.get(prefix)?.get(at),
    path: (template, at) => paths.get(template)?.get(at),
  };
}

/** `FriendlyName`, `friendly_name` and `friendlyName__12` are the same. */
export function plain(name: string): string {
  return name
    .replace(/__\d+$/, "")
    .replace(/^.*\./, "")
    .replaceAll("_", "")
    .toLowerCase();
}

function templateOf(path: string): string {
  return path
    .split("/")
    .map((segment) => (SID.test(segment) ? "{}" : segment))
    .join("/");
}

interface Ring<T> {
  add(item: T): void;
  get(at: number): T | undefined;
}

function ringOf<T>(rings: Map<string, Ring<T>>, name: string): Ring<T> {
  const items: T[] = [];
  let next = 0;
  const made: Ring<T> = rings.get(name) ?? {
    add(item) {
      items[next] = item;
      next = (next + 1) % MOST;
    },
    get: (at) => items[at % items.length],
  };
  rings.set(name, made);
  return made;
}
