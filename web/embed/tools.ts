/** What all elements of a page share: one compiler, a sandbox frame with a warm worker, two places to run. */
import { CompileClient } from '../compile/compile-client.js';
import compileWorkerUrl from '../compile/compile-worker.ts?worker&url';
import { listenTo } from '../compile/worker-events.js';
import { createProgramHostFrom, type ProgramHost, type RunFiles } from '../program/program-client.js';
import workerScript from '../program/program-worker.ts?iife';
import { sandboxDocument } from '../program/sandbox-document.js';
import frameScript from '../program/sandbox-frame.ts?iife';
import { CompileQueue } from './compile-queue.js';
import { openFrame, type FrameOpener, type FrameWay } from './frame-ways.js';
import { Leases } from './leases.js';
import { besideScript } from './place.js';
import { Prepared } from './prepared.js';
import { RunSlots } from './run-slots.js';
import { takeRuntime } from './runtime-code.js';

/** Made by vite-embedded-element.ts: the frame's document and the compiler's folder, and what the main module is known by. */
declare const __FRAME_FILE__: string;
declare const __COMPILER_PATH__: string;
declare const __RUNTIME_VERSION__: string;

const RUNS_AT_ONCE = 2;
/** Without an element near the view that is in use, the workers are kept so long. */
const IDLE_MS = 60_000;

let compileClient: CompileClient | undefined;

const plain = createPlace(false);
const threaded = createPlace(true);

export const slots = new RunSlots(RUNS_AT_ONCE);
export const compileQueue = new CompileQueue(() => (compileClient ??= createCompileClient()));
export const prepared = new Prepared({ runtime: __RUNTIME_VERSION__, fetch: (url) => fetch(url) });
export const leases = new Leases(IDLE_MS, () => {
  plain.host.close();
  threaded.host.close();
  compileClient?.close();
  compileClient = undefined;
});

/** What runs programs, with real threads or without; a frame that was taken out of the page is replaced. */
export function programHost(threads: boolean): ProgramHost {
  const place = threads ? threaded : plain;
  if (place.frame?.inPage() === false) {
    place.frame = undefined;
    place.host.close();
  }
  return place.host;
}

interface Place {
  readonly host: ProgramHost;
  frame?: FrameOpener | undefined;
}

function createPlace(threads: boolean): Place {
  const place: Place = {
    host: createProgramHostFrom({
      loadCode: async () => ({ workerScript, ...(await takeRuntime(threads)) }),
      openFiles: () => Promise.resolve(noFiles()),
      openFrame: (onReply) => {
        place.frame = openFrame(frameWays(), onReply);
        return place.frame.frame;
      },
    }),
  };
  return place;
}

/**
 * A file has a content policy of its own, whatever that of the page; a page that is cross-origin isolated gives its
 * headers to what it writes itself.
 */
function frameWays(): FrameWay[] {
  const asFile: FrameWay = (frame) => {
    frame.src = besideScript(__FRAME_FILE__);
  };
  const asText: FrameWay = (frame) => {
    // Where the page is isolated: shared memory, for threads.
    if (crossOriginIsolated) frame.allow = 'cross-origin-isolated';
    frame.srcdoc = sandboxDocument(frameScript);
  };
  return crossOriginIsolated ? [asText, asFile] : [asFile, asText];
}

/** What a program writes into files is its own, as long as it runs: the page's storage is not ours. */
function noFiles(): RunFiles {
  return {
    area: { entries: [], limits: { bytes: 64 * 1024 * 1024, entries: 20_000, nameBytes: 255, pathBytes: 1024 } },
    connect: (port) => port.close(),
    close: () => undefined,
  };
}

function createCompileClient(): CompileClient {
  return new CompileClient({
    base: besideScript(__COMPILER_PATH__),
    createWorker: (events) => listenTo(startWorker(compileWorkerUrl), events),
  });
}

/**
 * A page can start a worker of its own origin only; one that imports a script of another origin is of its own. It also
 * has the headers of the page, which an isolated one asks of its workers.
 */
function startWorker(address: string): Worker {
  const { href, origin } = new URL(address, location.href);
  const options = { type: 'module', name: 'compiler' } as const;
  if (origin === self.origin && !crossOriginIsolated) return new Worker(href, options);
  const start = URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
  const worker = new Worker(start, options);
  worker.addEventListener('message', () => URL.revokeObjectURL(start), { once: true });
  return worker;
}
