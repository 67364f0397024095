import { parseClusterConfig } from "./config.ts";
import { runProcess } from "./process.ts";

await runProcess(
  async (config, log, print) => (await import("./supervisor.ts")).startCluster(config, log, print),
  parseClusterConfig,
);
