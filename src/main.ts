import { runProcess } from "./process.ts";

// Loaded only now, so that a signal is heeded from the first moment.
await runProcess(async (...given) => (await import("./start.ts")).start(...given));
