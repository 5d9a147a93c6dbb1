/** Messages between the page, the sandbox frame and the program worker. */
import type { DatabaseCode } from './database.js';
import type { FileArea } from './files.js';
import type { ServerMessage, ServerRequest } from './servers.js';
import type { AwaitGraph, TraceBatch } from './trace.js';

/** How a run ended. A run that was never compiled has no outcome of its own. */
export type Outcome =
  /** `afterStop`: it was told to stop, and ended by itself. */
  | { type: 'complete'; exitCode: number; afterStop?: true }
  /** An uncaught exception, an abort, a trap, or memory or stack exhausted. */
  | { type: 'crash'; exitCode: number; message: string }
  /** Ended by Stop: `forced` when the worker was terminated without an answer. */
  | { type: 'stopped'; forced: boolean }
  | { type: 'timeout' };

export type Stream = 'stdout' | 'stderr';

export interface ProgramOptions {
  args: string[];
  /**
   * All of standard input, bytes encoded as in byte-text.ts; null: it arrives on the run's port while the program runs.
   */
  stdin: string | null;
  /** Unset: real. */
  clock?: Clock;
  /** Shuffles whatever order asyncio leaves open, reproducibly; null or unset keeps asyncio's order. */
  seed?: number | null;
  /** Traces from the start of the program. */
  trace?: boolean;
  /**
   * The page may send requests to the program's web servers, so a program with a server that listens waits for them. With
   * `watched`, requests are recorded from the start.
   */
  servers?: 'reachable' | 'watched';
  /** False: its file changes are discarded when it ends. */
  keepFiles?: boolean;
}

/**
 * How the program's time passes: in real time; leaping to the next timer whenever nothing is ready; ten times slower;
 * leaping, with a pause before each turn of the loop.
 */
export type Clock = 'real' | 'fast' | 'slow' | 'paused';

/** What a run is given: the program, and its two ports to the page. */
export interface RunRequest {
  type: 'run';
  module: Uint8Array;
  options: ProgramOptions;
  /** For output and signals. */
  port: MessagePort;
  files: FileArea;
  /** For file changes. */
  filesPort: MessagePort;
}

/** What a frame needs to create program workers; a frame of an opaque origin cannot fetch it itself. */
export interface ProgramCode {
  workerScript: string;
  mainModuleScript: string;
  mainModule: ArrayBuffer;
  /** The script of the program's threads. If set, the main module is the one with threads. */
  threadScript?: string;
}

export type FrameRequest =
  /** Keeps a worker ready from now on. */
  | { type: 'load'; code: ProgramCode }
  | (RunRequest & { id: number })
  /** Terminates the worker of a run, whatever it does. */
  | { type: 'terminate'; id: number };

export type FrameReply =
  /** The frame is ready for messages. */
  | { type: 'ready' }
  /** A worker is ready for a program. */
  | { type: 'warm' }
  | { type: 'load-failed'; message: string }
  /** The run's worker failed with an error of its own. */
  | { type: 'worker-failed'; id: number; message: string };

/** Scripts are blob URLs of the frame here. */
export interface MainModuleCode {
  mainModuleScript: string;
  mainModule: WebAssembly.Module;
  threadScript?: string;
}

export type WorkerRequest =
  | ({ type: 'prepare' } & MainModuleCode)
  | RunRequest;

/** `lifeSign`: the URL of a blob of the worker, which the browser revokes when the worker is gone. */
export type WorkerReply = { type: 'prepared'; lifeSign: string } | { type: 'failed'; message: string };

/** On the run's own port, from the page to the worker. */
export type PageMessage =
  /** SIGINT. */
  | { type: 'interrupt' }
  /** More of standard input, as in `stdin`. */
  | { type: 'input'; text: string }
  | { type: 'end-of-input' }
  /** Answers `wants-database`. */
  | { type: 'database'; code: DatabaseCode }
  /** There is none; the message says why. */
  | { type: 'no-database'; message: string }
  /** Turns trace batches on or off. */
  | { type: 'trace'; on: boolean }
  /** Answered by an await graph, as soon as the loop is free. */
  | { type: 'await-graph' }
  /** Before its next turn the loop waits for `step` or `continue`. */
  | { type: 'pause' }
  /** One turn of a paused loop. */
  | { type: 'step' }
  | { type: 'continue' }
  | ServerRequest;

/** What the page asks of the program's event loop. */
export type LoopMessage = Extract<PageMessage, { type: 'trace' | 'await-graph' | 'pause' | 'step' | 'continue' }>;

/** The page's requests while it watches the run. */
export type WatchMessage = LoopMessage | ServerRequest;

/** On a journal port; `at` as in `output`, because there is no order between two ports. */
export interface JournalChunk extends OutputChunk {
  at: number;
}

export interface OutputChunk {
  stream: Stream;
  /** Any bytes, encoded as in byte-text.ts. */
  text: string;
  /** The name of the task that wrote it; unset outside of tasks. */
  task?: string;
}

/**
 * On the run's own port, directly from the worker to the page, in order. Sent messages arrive even if the worker is
 * terminated.
 */
export type ProgramMessage =
  | { type: 'started' }
  /** It is loaded: the program's own code runs from here on. */
  | { type: 'loaded' }
  /** `at`: how many characters the program wrote before, on both streams. */
  | { type: 'output'; at: number; chunks: OutputChunk[] }
  /**
   * Writes are too frequent to send each one here: until the next `output` each is sent on this port instead. That costs
   * nothing unless someone listens; the next `output` repeats them all.
   */
  | { type: 'journal'; port: MessagePort }
  | { type: 'interrupted' }
  /** The program waits for standard input that has not arrived yet. */
  | { type: 'awaits-input' }
  /** The program connects to the page's database for the first time, or again after a failure. */
  | { type: 'wants-database' }
  /** A new worker for the program's threads; it sends ThreadMessages on the port. */
  | { type: 'thread'; port: MessagePort }
  | TraceBatch
  | AwaitGraph
  /** The loop waits for `step` or `continue`; may be sent again after each of them. */
  | { type: 'paused'; loopTime: number }
  | ServerMessage
  | ({ type: 'ended'; outcome: Outcome } & Omit<RunFacts, 'ranMs'>);

/** The observable events of a run besides its output. */
export type RunEvent = Extract<ProgramMessage, { type: 'trace' | 'await-graph' | 'paused' }> | ServerMessage;

/** What a run took; unset if that is not known. */
export interface RunFacts {
  /** Milliseconds from the start of the program's own code to its end. */
  ranMs?: number;
  /** The program's memory, which never shrinks: its peak. */
  memoryBytes?: number;
  /** The number of tasks created. */
  tasks?: number;
}

/** Directly from a thread to the page, because the program's first thread may be busy. */
export interface ThreadMessage {
  /** A thread has ended the whole program. */
  type: 'ended';
  outcome: Outcome;
}
