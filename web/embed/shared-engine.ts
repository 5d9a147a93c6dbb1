/** What all elements of a page share: one compiler, a sandbox frame with a warm worker, two places to run. */
import type { CompileClient } from '../compile/page/compile-client.js';
import type { ProgramHost } from '../program/page/program-client.js';
import { CompileQueue } from '../engine/compile-queue.js';
import { Leases } from '../engine/leases.js';
import { Prepared } from '../engine/prepared/prepared.js';
import { RunSlots } from '../engine/run-slots.js';
import { createCompileClient, createProgramHost, runtimeVersion } from '../engine/workers.js';

const RUNS_AT_ONCE = 2;
/** Without an element near the view that is in use, the workers are kept so long. */
const IDLE_MS = 60_000;

let compileClient: CompileClient | undefined;

const plain = createProgramHost(false);
const threaded = createProgramHost(true);

export const slots = new RunSlots(RUNS_AT_ONCE);
export const compileQueue = new CompileQueue(() => (compileClient ??= createCompileClient()));
export const prepared = new Prepared({ runtime: runtimeVersion, fetch: (url) => fetch(url) });
export const leases = new Leases(IDLE_MS, () => {
  plain().close();
  threaded().close();
  compileClient?.close();
  compileClient = undefined;
});

/** What runs programs, with real threads or without. */
export function programHost(threads: boolean): ProgramHost {
  return threads ? threaded() : plain();
}
