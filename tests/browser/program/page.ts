/** A page with only the program host, driven by tests. */
import type { Outcome, ProgramOptions, RunEvent, RunFacts, Stream, WatchMessage } from '../../../web/protocol/program.js';
import { createFileStore } from '../../../web/files/file-store.js';
import { createProgramHostFrom } from '../../../web/program/page/program-client.js';
import type { RunningProgram } from '../../../web/program/page/run.js';
import { createHost, hostParts } from '../../../web/engine/program-hosts.js';
import { runFilesOf } from '../../../web/engine/run-files.js';
import { threadsAvailable } from '../../../web/engine/threads-available.js';
import type { OwnNetLoop, OwnNetRequest } from './own-net-worker.js';
import { Watched, type Seen } from './watched.js';

/** `detached`: runs programs as a browser without JavaScript promise integration does. */
export type Blocking = 'jspi' | 'detached';

export interface Chunk {
  stream: Stream;
  text: string;
  /** Milliseconds since run(). */
  at: number;
}

export interface Ran {
  outcome: Outcome;
  chunks: Chunk[];
  totalMs: number;
  /** The longest time in which the page could not have handled a click. */
  longestBlockMs: number;
  facts: RunFacts;
}

interface Started {
  program: RunningProgram;
  text(): string;
  /** The number of times the program began to wait for input. */
  awaited(): number;
  watched: Watched;
  ran: Promise<Ran>;
}

const options = { threads: threadsAvailable(), openFiles: runFilesOf(createFileStore('tests')) };
const parts = hostParts(options);
const hosts = {
  jspi: createHost(options)(),
  detached: createProgramHostFrom({
    ...parts,
    async loadCode() {
      const code = await parts.loadCode();
      const without = 'delete WebAssembly.promising; delete WebAssembly.Suspending;';
      return { ...code, workerScript: without + code.workerScript };
    },
  }),
};
const modules = new Map<string, Uint8Array>();
const runs = new Map<number, Started>();
let runCount = 0;

async function load(url: string): Promise<void> {
  modules.set(url, new Uint8Array(await (await fetch(url)).arrayBuffer()));
}

function start(url: string, options: ProgramOptions, blocking: Blocking): number {
  const module = modules.get(url);
  if (module === undefined) throw new Error(`${url} was not loaded`);
  const chunks: Chunk[] = [];
  const startedAt = performance.now();
  let awaited = 0;
  const watched = new Watched();
  const program = hosts[blocking].run(
    module.slice(),
    options,
    (stream, text) => {
      chunks.push({ stream, text, at: performance.now() - startedAt });
    },
    () => {
      awaited += 1;
    },
    (event: RunEvent) => {
      watched.take(event);
    },
  );
  const blocks = watchBlocks();
  const ran = program.outcome.then((outcome) => ({
    outcome,
    chunks,
    totalMs: performance.now() - startedAt,
    longestBlockMs: blocks.end(),
    facts: program.facts,
  }));
  runs.set(++runCount, {
    program,
    awaited: () => awaited,
    watched,
    text: () => chunks.map(({ text }) => text).join(''),
    ran,
  });
  return runCount;
}

function watchBlocks(): { end(): number } {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 4);
  return {
    end() {
      look();
      clearInterval(timer);
      return longest;
    },
  };
}

function run(id: number): Started {
  const found = runs.get(id);
  if (found === undefined) throw new Error(`there is no run ${id}`);
  return found;
}

/** The cost of requests to the page's own network in JavaScript, in milliseconds. */
function ownNet(loop: OwnNetLoop, count: number): Promise<number> {
  const worker = new Worker(new URL('./own-net-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      resolve(data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
    const request: OwnNetRequest = { loop, count };
    worker.postMessage(request);
  }).finally(() => {
    worker.terminate();
  });
}

const programs = {
  ownNet,
  warm: (blocking: Blocking) => hosts[blocking].warm(),
  load,
  start,
  stop: (id: number) => {
    run(id).program.stop();
  },
  input: (id: number, text: string) => {
    run(id).program.input(text);
  },
  endInput: (id: number) => {
    run(id).program.endInput();
  },
  awaited: (id: number) => run(id).awaited(),
  watch: (id: number, message: WatchMessage) => {
    run(id).program.watch(message);
  },
  seen: (id: number): Seen => run(id).watched.seen,
  kill: (id: number) => {
    run(id).program.terminate();
  },
  text: (id: number) => run(id).text(),
  ran: (id: number) => run(id).ran,
};

declare global {
  interface Window {
    programs: typeof programs;
  }
}

window.programs = programs;
