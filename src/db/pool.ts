import { type Connection, type ConnectionOptions, createConnection } from "./connection.ts";
import { createSlots, type Slots } from "./slots.ts";

export interface PoolOptions extends ConnectionOptions {
  readonly poolSize: number;
}

/** Connections that have one user each, who waits for one no longer than `patience`, in milliseconds. */
export interface Pool extends Slots<Connection> {
  close(): Promise<void>;
}

export function createPool(options: PoolOptions, patience: number): Pool {
  // Where one of them reaches the server no more, every one is doubtful.
  const renewAll = () => {
    for (const connection of connections) connection.renew();
  };
  const connections = Array.from({ length: options.poolSize }, () => createConnection(options, renewAll));
  return {
    ...createSlots(connections, patience),
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}
