import type { AnalysisReply, AnalysisRequest, CompilerKit, CompileReply, SourceFiles, SourceOptions } from '../../protocol/compile.js';
import type { CompletionList, CompletionPurpose, SourcePlace } from '../../protocol/completion.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';

/** What the client uses of a Worker. */
export interface AnalysisWorker {
  postMessage(message: AnalysisRequest): void;
  terminate(): void;
}

export interface AnalysisWorkerEvents {
  onReply(reply: AnalysisReply | CompileReply): void;
  onFailure(message: string): void;
}

export interface AnalysisClientParts {
  /** URL of the folder of the compiler's files. */
  base: string;
  /** What the compiler loaded; undefined until it has. */
  kit(): CompilerKit | undefined;
  createWorker(events: AnalysisWorkerEvents): AnalysisWorker;
  /** A question that takes longer is given up, with its worker. */
  limitMs?: number;
}

const DEFAULT_LIMIT_MS = 10_000;

type Question =
  | { type: 'check'; files: SourceFiles; options: SourceOptions }
  | { type: 'complete'; files: SourceFiles; place: SourcePlace; options: SourceOptions }
  | { type: 'header'; name: string };
type Answer = Diagnostic[] | CompletionList | string | undefined;

/** Questions of one kind replace each other. */
type Kind = CompletionPurpose | 'header' | 'check';

/** Who waits for a list of names goes first, and what nobody asked for last. */
const KINDS: readonly Kind[] = ['names', 'parameters', 'definition', 'hover', 'header', 'check'];

interface Job {
  kind: Kind;
  question: Question;
  settle(answer: Answer): void;
}

/**
 * Asks the compiler about a source that is being written, in a worker of its own: a Run never waits for it.
 * One question at a time; of those that wait only the newest of each kind is kept. An answer is undefined when
 * there is none: the question was replaced, the compiler is not loaded yet, or the source is beyond it.
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

  /** Ends the worker; the next question starts another. */
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

  /** A worker with all that the compiler has loaded by now. */
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
      // The question needs more of the compiler, which is on its way.
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
