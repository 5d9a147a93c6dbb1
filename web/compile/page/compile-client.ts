import type {
  CompileOptions,
  CompileReply,
  CompileRequest,
  CompilerKit,
  CompileTimings,
  LoadPhase,
} from '../../protocol/compile.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { messageOf } from '../../protocol/error-message.js';

export interface LoadProgress {
  phase: LoadPhase;
  loadedBytes: number;
  totalBytes: number;
}

export type CompileResult =
  | { type: 'compiled'; module: Uint8Array; diagnostics: Diagnostic[]; timings: CompileTimings }
  | { type: 'compile-error'; diagnostics: Diagnostic[]; text: string; timings: CompileTimings }
  /** Cancelled by cancel(), or because a newer compile replaced it. */
  | { type: 'cancelled' }
  | { type: 'failed'; message: string };

/** The part of a Worker that the client uses. */
export interface CompileWorker {
  postMessage(message: CompileRequest): void;
  terminate(): void;
}

export interface CompileWorkerEvents {
  onReply(reply: CompileReply): void;
  /** The worker itself failed: its script, or an unreadable message. */
  onFailure(message: string): void;
}

export interface CompileClientParts {
  /** URL of the folder with the compiler's files. */
  base: string;
  createWorker(events: CompileWorkerEvents): CompileWorker;
  /** A compile that takes longer is aborted by terminating its worker. */
  limitMs?: number;
  /** How long a cancelled compile may continue before its worker is terminated. */
  graceMs?: number;
}

const DEFAULT_LIMIT_MS = 60_000;
const DEFAULT_GRACE_MS = 2_000;

interface Load {
  id: number;
  promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

interface Compile {
  request: Extract<CompileRequest, { type: 'compile' }>;
  settle(result: CompileResult): void;
}

/** The compiler in the page: keeps its worker warm, and terminates it when it does not answer. */
export class CompileClient {
  readonly #parts: CompileClientParts;
  readonly #listeners = new Set<(progress: LoadProgress) => void>();
  #worker: CompileWorker | undefined;
  #kit: CompilerKit | undefined;
  #load: Load | undefined;
  /** The newest compile, until it is settled. */
  #current: Compile | undefined;
  /** Compiles that the worker has not answered yet. */
  readonly #owed = new Set<number>();
  #limit: ReturnType<typeof setTimeout> | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  constructor(parts: CompileClientParts) {
    this.#parts = parts;
  }

  /** What was loaded, to start another worker with; undefined before that. */
  get kit(): CompilerKit | undefined {
    return this.#kit;
  }

  /** Resolves when a compile can start immediately; rejects with a user-readable error. May be called again. */
  load(onProgress: (progress: LoadProgress) => void): Promise<void> {
    this.#listeners.add(onProgress);
    return this.#loaded().finally(() => this.#listeners.delete(onProgress));
  }

  async compile(files: Record<string, string>, options: CompileOptions): Promise<CompileResult> {
    this.cancel();
    const request = { type: 'compile', id: this.#nextId(), files, options } as const;
    return new Promise((resolve) => {
      const compile: Compile = { request, settle: resolve };
      this.#current = compile;
      this.#loaded().then(
        () => {
          if (this.#current === compile) this.#send(compile);
        },
        (error: unknown) => {
          if (this.#current !== compile) return;
          this.#settle({ type: 'failed', message: messageOf(error) });
        },
      );
    });
  }

  /** Cancels the current compile, however busy the compiler is. */
  cancel(): void {
    this.#settle({ type: 'cancelled' });
    if (this.#owed.size === 0 || this.#grace !== undefined) return;
    this.#grace = setTimeout(() => {
      this.#replaceWorker();
    }, this.#parts.graceMs ?? DEFAULT_GRACE_MS);
  }

  /** Terminates the worker permanently. */
  close(): void {
    this.#settle({ type: 'cancelled' });
    this.#endWorker(new Error('The compiler was closed.'));
  }

  #loaded(): Promise<void> {
    if (this.#load !== undefined) return this.#load.promise;
    const { promise, resolve, reject } = withResolvers();
    this.#load = { id: this.#nextId(), promise, resolve, reject };
    const worker = this.#worker ?? this.#openWorker();
    const { base } = this.#parts;
    const kit = this.#kit === undefined ? {} : { kit: this.#kit };
    worker.postMessage({ type: 'load', id: this.#load.id, base, ...kit });
    return promise;
  }

  #openWorker(): CompileWorker {
    const worker = this.#parts.createWorker({
      onReply: (reply) => {
        if (worker === this.#worker) this.#receive(reply);
      },
      onFailure: (message) => {
        if (worker === this.#worker) this.#fail(message);
      },
    });
    this.#worker = worker;
    return worker;
  }

  #send(compile: Compile): void {
    this.#owed.add(compile.request.id);
    this.#worker?.postMessage(compile.request);
    this.#startLimit();
  }

  #startLimit(): void {
    const limitMs = this.#parts.limitMs ?? DEFAULT_LIMIT_MS;
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => {
      this.#settle({
        type: 'failed',
        message:
          `The compiler took more than ${limitMs / 1000} seconds and was stopped: ` +
          'check the program for endless templates or constant expressions.',
      });
      this.#replaceWorker();
    }, limitMs);
  }

  #receive(reply: CompileReply): void {
    switch (reply.type) {
      case 'progress': {
        const { id, phase, loadedBytes, totalBytes } = reply;
        // More of the compiler is loading: that time does not count against the limit.
        if (id === this.#current?.request.id) this.#startLimit();
        for (const listener of this.#listeners) listener({ phase, loadedBytes, totalBytes });
        return;
      }
      case 'loaded':
        this.#kit = reply.kit;
        if (reply.id === this.#load?.id) this.#load.resolve();
        return;
      case 'compiled':
      case 'compile-error': {
        const { id, ...result } = reply;
        this.#answered(id, result);
        return;
      }
      case 'failed':
        if (reply.id === this.#load?.id) {
          const load = this.#load;
          this.#load = undefined;
          load.reject(new Error(reply.message));
        } else {
          this.#answered(reply.id, { type: 'failed', message: reply.message });
        }
        return;
    }
  }

  #answered(id: number, result: CompileResult): void {
    this.#owed.delete(id);
    if (id === this.#current?.request.id) this.#settle(result);
    const stale = [...this.#owed].some((owed) => owed !== this.#current?.request.id);
    if (!stale) this.#endGrace();
  }

  #settle(result: CompileResult): void {
    const current = this.#current;
    this.#current = undefined;
    clearTimeout(this.#limit);
    current?.settle(result);
  }

  /** A new worker takes over the compiles that were not cancelled, and loads what the old one had loaded. */
  #replaceWorker(): void {
    const current = this.#current;
    this.#endWorker(new Error('The compiler was stopped.'));
    const reloaded = this.#loaded();
    reloaded.then(
      () => {
        if (current !== undefined && this.#current === current) this.#send(current);
      },
      (error: unknown) => {
        if (current !== undefined && this.#current === current) {
          this.#settle({ type: 'failed', message: messageOf(error) });
        }
      },
    );
  }

  /** The worker itself failed: pending requests fail, and the next request starts a new worker. */
  #fail(message: string): void {
    this.#endWorker(new Error(message));
    this.#settle({ type: 'failed', message });
  }

  #endWorker(reason: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#owed.clear();
    this.#endGrace();
    const load = this.#load;
    this.#load = undefined;
    load?.reject(reason);
  }

  #endGrace(): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
  }

  #nextId(): number {
    return ++this.#lastId;
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // A load that nobody waits for may fail: the next one reports it.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
