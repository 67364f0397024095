import { connect, createServer, type Server as Listener, type Socket } from "node:net";
import { freePort } from "./processes.ts";

/** A way to Postgres that can be cut and mended. */
export async function layLine(target: URL) {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let listener: Listener | undefined;
  const listen = async (onConnection: (near: Socket) => void) => {
    listener = createServer((near) => {
      watch(near);
      onConnection(near);
    });
    await new Promise<void>((listening) => listener!.listen(port, "127.0.0.1", listening));
  };
  const watch = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  };
  const cut = () => {
    listener?.close();
    for (const socket of sockets) socket.destroy();
  };
  const freeze = () => {
    for (const socket of sockets) socket.unpipe().pause();
  };
  return {
    port,
    async mend() {
      cut();
      await listen((near) => {
        const far = connect(Number(target.port || 5432), target.hostname);
        watch(far);
        near.on("close", () => far.destroy());
        near.pipe(far).pipe(near);
      });
    },
    /** What is open is closed, and whoever asks anew is refused. */
    cut,
    /** What is open stays open, and nothing passes any more, as when a cable is pulled. */
    freeze,
    /** Frozen, and whoever asks anew hears nothing either. */
    async swallow() {
      listener?.close();
      freeze();
      await listen(() => {});
    },
  };
}
