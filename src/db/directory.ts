import { randomBytes } from "node:crypto";
import {
  access,
  chmod,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { dirname, join, relative, resolve } from "node:path";

/** The directory of an embedded database, held against every other process until it is released. */
export interface HeldDirectory {
  readonly databaseDir: string;
  /** The key kept beside the database, made at the first call. */
  secretKey(): Promise<Buffer>;
  release(): Promise<void>;
}

export class DirectoryInUseError extends Error {
  constructor(dir: string) {
    super(
      `The data directory ${dir} is in use by another Parley process: stop that one, or set PARLEY_DATA_DIR to another directory`,
    );
    this.name = "DirectoryInUseError";
  }
}

export class DirectoryUnusableError extends Error {
  constructor(dir: string, cause: NodeJS.ErrnoException) {
    const reason = `${cause.path ?? dir} ${WHY[cause.code ?? ""] ?? cause.code}`;
    super(`The data directory ${dir} can't be used: ${reason}. Set PARLEY_DATA_DIR to another directory`, {
      cause,
    });
    this.name = "DirectoryUnusableError";
  }
}

const WHY: Record<string, string> = {
  EEXIST: "is no directory",
  ENOENT: "can't be made",
  EACCES: "is not ours to write",
  EPERM: "is not ours to write",
  EROFS: "is on a read-only file system",
  ENOSPC: "is on a full disk",
};

const OWNER = /^owner-[0-9a-f]{16}\.sock$/;
const HELD = "held";
/** A live owner that does not answer is stopped or busy, and an owner none the less. */
const ANSWER_WITHIN = 3_000;
/** Shortest limit on the path of a Unix socket among the systems Node runs on. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Holds a directory by a Unix socket inside it. A pid file is fooled by pids used again, as in containers; a socket
 * refuses connections as soon as its owner is dead, however it died.
 *
 * Every starter listens on a name of its own before it looks for others, so of two at once at least one sees the
 * other. The lower name wins among starters; names are never used again, so a dead one can be removed by anybody.
 *
 * @throws DirectoryInUseError, DirectoryUnusableError
 */
export async function holdDirectory(path: string): Promise<HeldDirectory> {
  const dir = resolve(path);
  try {
    await makeDirectory(dir);
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new DirectoryUnusableError(dir, error as NodeJS.ErrnoException);
  }
  const sockets = await socketPaths(dir);
  const name = `owner-${randomBytes(8).toString("hex")}.sock`;
  let decide: (mine: boolean) => void = () => {};
  const decided = new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  const server = await listen(sockets.path(`new-${name}`), decided);
  const release = async () => {
    server.close();
    await rm(join(dir, name), { force: true });
    await sockets.close();
  };
  try {
    // Between bind and listen a socket refuses connections like a dead one: nobody looks at that name.
    await rename(join(dir, `new-${name}`), join(dir, name));
    const mine = await isOurs(dir, name, sockets.path);
    decide(mine);
    if (!mine) throw new DirectoryInUseError(dir);
  } catch (error) {
    decide(false);
    await release();
    throw error;
  }
  return { databaseDir: join(dir, "database"), secretKey: () => keyIn(dir), release };
}

/** Node's own recursive `mkdir` never ends below a directory that lets none be made, such as /proc. */
async function makeDirectory(dir: string): Promise<void> {
  if (await isDirectory(dir)) return;
  await makeDirectory(dirname(dir));
  await mkdir(dir, { mode: 0o700 }).catch(async (error) => {
    if (!(await isDirectory(dir))) throw error;
  });
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isOurs(dir: string, name: string, pathOf: (name: string) => string): Promise<boolean> {
  const others = (await readdir(dir)).filter((entry) => OWNER.test(entry) && entry !== name);
  for (const other of others) {
    const answer = await ask(pathOf(other), other < name);
    if (answer === "dead") await rm(join(dir, other), { force: true });
    if (answer === "alive") return false;
  }
  return true;
}

/** A starter of a higher name is waited for: it has either won already, or will give way. */
function ask(path: string, lower: boolean): Promise<"dead" | "alive" | "gone"> {
  return new Promise((answer) => {
    let heard = "";
    const socket = connect(path);
    socket.setEncoding("utf8").setTimeout(ANSWER_WITHIN, () => decide("alive"));
    socket.on("connect", () => lower && decide("alive"));
    socket.on("data", (text) => {
      heard += text;
    });
    socket.on("end", () => decide(heard === HELD ? "alive" : "gone"));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") decide("dead");
      else decide(error.code === "ENOENT" || error.code === "ECONNRESET" ? "gone" : "alive");
    });
    const decide = (what: "dead" | "alive" | "gone") => {
      socket.destroy();
      answer(what);
    };
  });
}

function listen(path: string, decided: Promise<boolean>): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    void decided.then((held) => socket.end(held ? HELD : ""));
  });
  return new Promise((listening, failed) => {
    server.once("error", failed).listen(path, () => {
      server.unref();
      listening(server);
    });
  });
}

/** Sockets in a directory whose path is too long for one are reached by a shorter path to the same place. */
async function socketPaths(
  dir: string,
): Promise<{ path: (name: string) => string; close: () => Promise<void> }> {
  const room = LONGEST_SOCKET_PATH - "/new-owner-0123456789abcdef.sock".length;
  for (const base of [dir, relative(process.cwd(), dir) || "."]) {
    if (Buffer.byteLength(base) <= room) return { path: (name) => join(base, name), close: async () => {} };
  }
  const handle = await open(dir);
  return { path: (name) => `/proc/self/fd/${handle.fd}/${name}`, close: () => handle.close() };
}

async function keyIn(dir: string): Promise<Buffer> {
  const file = join(dir, "secret.key");
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (kept !== undefined) {
    const key = Buffer.from(kept, "base64");
    if (key.length !== 32) throw new Error(`${file} holds no key of 32 bytes in base64`);
    return key;
  }
  const key = randomBytes(32);
  const draft = `${file}.new`;
  await writeFile(draft, `${key.toString("base64")}\n`, { mode: 0o600, flush: true });
  await chmod(draft, 0o600);
  await rename(draft, file);
  return key;
}
