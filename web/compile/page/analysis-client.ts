import type { AnalysisReply, AnalysisRequest, CompilerKit, CompileReply, SourceFiles, SourceOptions } from '../../protocol/compile.js';
import type { CompletionList, CompletionPurpose, SourcePlace } from '../../protocol/completion.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';

/** The part of a Worker that the client uses. */
export interface AnalysisWorker {
  postMessage(message: AnalysisRequest): void;
  terminate(): void;
}

export interface AnalysisWorkerEvents {
  onReply(reply: AnalysisReply | CompileReply): void;
  onFailure(message: string): void;
}

export interface AnalysisClientParts {
  /** URL of the folder with the compiler's files. */
  base: string;
  /** What the compiler has loaded; undefined before that. */
  kit(): CompilerKit | undefined;
  createWorker(events: AnalysisWorkerEvents): AnalysisWorker;
  /** A request that takes longer is abandoned, and its worker terminated. */
  limitMs?: number;
}

const DEFAULT_LIMIT_MS = 10_000;

type Question =
  | { type: 'check'; files: SourceFiles; options: SourceOptions }
  | { type: 'complete'; files: SourceFiles; place: SourcePlace; options: SourceOptions }
  | { type: 'header'; name: string };
type Answer = Diagnostic[] | CompletionList | string | undefined;

/** A new request replaces a waiting one of the same kind. */
type Kind = CompletionPurpose | 'header' | 'check';

/** By priority: a user waiting for completions first, unrequested checks last. */
const KINDS: readonly Kind[] = ['names', 'parameters', 'definition', 'hover', 'header', 'check'];

interface Job {
  kind: Kind;
  question: Question;
  settle(answer: Answer): void;
}

/**
 * Sends requests about a source being edited to a compiler in a separate worker, so a Run never waits for them. Handles
 * one request at a time and queues only the newest of each kind. An answer is undefined when the request was replaced,
 * the compiler is not loaded yet, or it cannot handle the source.
 */
export class AnalysisClient {
  readonly #parts: AnalysisClientParts;
  readonly #waiting = new Map<Kind, Job>();
  #asked: { id: number; job: Job } | undefined;
  #worker: { worker: AnalysisWorker; kit: CompilerKit } | undefined;
  #limit: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  constructor(parts: AnalysisClientParts) {
    this.#parts = parts;
  }

  check(files: SourceFiles, options: SourceOptions): Promise<Diagnostic[] | undefined> {
    return this.#ask('check', { type: 'check', files, options }) as Promise<Diagnostic[] | undefined>;
  }

  complete(files: SourceFiles, place: SourcePlace, options: SourceOptions, purpose: CompletionPurpose): Promise<CompletionList | undefined> {
    return this.#ask(purpose, { type: 'complete', files, place, options }) as Promise<CompletionList | undefined>;
  }

  /** The text of a header of the runtime. */
  header(name: string): Promise<string | undefined> {
    return this.#ask('header', { type: 'header', name }) as Promise<string | undefined>;
  }

  /** Terminates the worker; the next request starts another. */
  close(): void {
    clearTimeout(this.#limit);
    this.#worker?.worker.terminate();
    this.#worker = undefined;
    this.#asked?.job.settle(undefined);
    this.#asked = undefined;
  }

  #ask(kind: Kind, question: Question): Promise<Answer> {
    return new Promise((settle) => {
      this.#waiting.get(kind)?.settle(undefined);
      this.#waiting.set(kind, { kind, question, settle });
      this.#next();
    });
  }

  #next(): void {
    if (this.#asked !== undefined) return;
    const job = KINDS.map((kind) => this.#waiting.get(kind)).find((waiting) => waiting !== undefined);
    if (job === undefined) return;
    this.#waiting.delete(job.kind);
    const worker = this.#open();
    if (worker === undefined) {
      job.settle(undefined);
      this.#next();
      return;
    }
    const id = ++this.#lastId;
    this.#asked = { id, job };
    worker.postMessage({ ...job.question, id });
    this.#startLimit();
  }

  #startLimit(): void {
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => {
      this.close();
      this.#next();
    }, this.#parts.limitMs ?? DEFAULT_LIMIT_MS);
  }

  /** A worker with everything that the compiler has loaded so far. */
  #open(): AnalysisWorker | undefined {
    const kit = this.#parts.kit();
    if (kit === undefined) return undefined;
    if (this.#worker?.kit === kit) return this.#worker.worker;
    this.#worker?.worker.terminate();
    const worker = this.#parts.createWorker({
      onReply: (reply) => {
        if (worker === this.#worker?.worker) this.#receive(reply);
      },
      onFailure: () => {
        if (worker !== this.#worker?.worker) return;
        this.close();
        this.#next();
      },
    });
    this.#worker = { worker, kit };
    worker.postMessage({ type: 'load', id: ++this.#lastId, base: this.#parts.base, kit });
    return worker;
  }

  #receive(reply: AnalysisReply | CompileReply): void {
    if (reply.id !== this.#asked?.id) return;
    if (reply.type === 'progress' || reply.type === 'loaded') {
      // The request needs more of the compiler, which is still loading.
      this.#startLimit();
      return;
    }
    const { job } = this.#asked;
    clearTimeout(this.#limit);
    this.#asked = undefined;
    if (reply.type === 'checked') job.settle(reply.diagnostics);
    else if (reply.type === 'completed') job.settle(reply.list);
    else if (reply.type === 'header-text') job.settle(reply.text);
    else job.settle(undefined);
    this.#next();
  }
}
