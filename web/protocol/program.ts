/** Messages between the page, the sandbox frame and the program worker. */
import type { FileArea } from './files.js';
import type { AwaitGraph, TraceBatch } from './trace.js';

/** How a run ended. A run that was never compiled has no outcome of its own. */
export type Outcome =
  /** `afterStop`: it was told to stop, and ended in its own way. */
  | { type: 'complete'; exitCode: number; afterStop?: true }
  /** An uncaught exception, an abort, a trap, memory or stack exhausted. */
  | { type: 'crash'; exitCode: number; message: string }
  /** Ended by Stop: `forced` when the worker was terminated without an answer. */
  | { type: 'stopped'; forced: boolean }
  | { type: 'timeout' };

export type Stream = 'stdout' | 'stderr';

export interface ProgramOptions {
  args: string[];
  /** All of standard input, any bytes as byte-text.ts has them; null: it comes over the run's port while the program runs. */
  stdin: string | null;
  /** Unset: real. */
  clock?: Clock;
  /** Shuffles what asyncio leaves unordered, the same way each time; null or unset keeps asyncio's order. */
  seed?: number | null;
  /** Traces from the program's beginning. */
  trace?: boolean;
  /** False: what it does to files is forgotten when it ends. */
  keepFiles?: boolean;
}

/**
 * How the program's time passes: as it does; by leaps to the next timer whenever nothing is ready; ten times slower;
 * by leaps, and with a pause before each turn of the loop.
 */
export type Clock = 'real' | 'fast' | 'slow' | 'paused';

/** What a run is given: the program, and its two lines to the page. */
export interface RunRequest {
  type: 'run';
  module: Uint8Array;
  options: ProgramOptions;
  /** For output and signals. */
  port: MessagePort;
  files: FileArea;
  /** For changes of files. */
  filesPort: MessagePort;
}

/** What a frame needs to make program workers; a frame of an opaque origin cannot fetch it itself. */
export interface ProgramCode {
  workerScript: string;
  mainModuleScript: string;
  mainModule: ArrayBuffer;
  /** What the program's threads run in. With it the main module is the one with threads. */
  threadScript?: string;
}

export type FrameRequest =
  /** Keeps a worker ready from now on. */
  | { type: 'load'; code: ProgramCode }
  | (RunRequest & { id: number })
  /** Ends the worker of a run, whatever it does. */
  | { type: 'terminate'; id: number };

export type FrameReply =
  /** The frame listens. */
  | { type: 'ready' }
  /** A worker waits for a program. */
  | { type: 'warm' }
  | { type: 'load-failed'; message: string }
  /** The run's worker died of an error of its own. */
  | { type: 'worker-failed'; id: number; message: string };

/** Scripts are URLs here, of the frame's own blobs. */
export interface MainModuleCode {
  mainModuleScript: string;
  mainModule: WebAssembly.Module;
  threadScript?: string;
}

export type WorkerRequest =
  | ({ type: 'prepare' } & MainModuleCode)
  | RunRequest;

/** `lifeSign`: the address of a blob of the worker's own, which the browser takes away when the worker is no more. */
export type WorkerReply = { type: 'prepared'; lifeSign: string } | { type: 'failed'; message: string };

/** Over the run's own port, from the page to the worker. */
export type PageMessage =
  /** SIGINT. */
  | { type: 'interrupt' }
  /** More of standard input, as in `stdin`. */
  | { type: 'input'; text: string }
  | { type: 'end-of-input' }
  /** Trace batches come from now on, or no more. */
  | { type: 'trace'; on: boolean }
  /** Answered by an await graph, as soon as the loop has a moment. */
  | { type: 'await-graph' }
  /** Before its next turn the loop waits for `step` or `continue`. */
  | { type: 'pause' }
  /** One turn of a paused loop. */
  | { type: 'step' }
  | { type: 'continue' };

/** What the page asks of the run while it watches it. */
export type WatchMessage = Extract<PageMessage, { type: 'trace' | 'await-graph' | 'pause' | 'step' | 'continue' }>;

/** Over a journal; `at` as in `output`, for nothing is promised of the order between two ports. */
export interface JournalChunk extends OutputChunk {
  at: number;
}

export interface OutputChunk {
  stream: Stream;
  /** Any bytes, as byte-text.ts has them. */
  text: string;
  /** The name of the task that wrote it; none outside of tasks. */
  task?: string;
}

/**
 * Over the run's own port, straight from the worker to the page, in the order things happened. What
 * was sent arrives also when the worker is terminated.
 */
export type ProgramMessage =
  | { type: 'started' }
  /** `at`: how many characters the program wrote before, on both streams. */
  | { type: 'output'; at: number; chunks: OutputChunk[] }
  /**
   * Writes come too fast to send each one here: until the next `output` each is sent over this port
   * instead. That costs nothing unless someone listens; the next `output` repeats them all.
   */
  | { type: 'journal'; port: MessagePort }
  | { type: 'interrupted' }
  /** The program waits for standard input that is not there yet. */
  | { type: 'awaits-input' }
  /** One more worker for the program's threads; over the port it sends ThreadMessages. */
  | { type: 'thread'; port: MessagePort }
  | TraceBatch
  | AwaitGraph
  /** The loop waits for `step` or `continue`; after each of them it may come again. */
  | { type: 'paused'; loopTime: number }
  | ({ type: 'ended'; outcome: Outcome } & RunFacts);

/** What is seen of a run beside its output. */
export type RunEvent = Extract<ProgramMessage, { type: 'trace' | 'await-graph' | 'paused' }>;

/** What a run used; unknown where the worker could not tell any more. */
export interface RunFacts {
  /** The program's memory, which never shrinks: its peak. */
  memoryBytes?: number;
  /** How many tasks were made. */
  tasks?: number;
}

/** Straight from a thread to the page, for the program's first thread may be busy. */
export interface ThreadMessage {
  /** A thread has ended the whole program. */
  type: 'ended';
  outcome: Outcome;
}
