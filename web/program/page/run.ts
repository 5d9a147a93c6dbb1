import type { Outcome, PageMessage, ProgramMessage, RunEvent, RunFacts, WatchMessage } from '../../protocol/program.js';
import { fromProgram, fromThread } from '../../protocol/message-guards.js';
import type { DatabaseCode } from '../../protocol/database.js';
import { OutputReader } from './output-reader.js';
import type { OnOutput } from './output-reader.js';
import { endingMessage } from '../../protocol/ending-message.js';

export interface RunningProgram {
  /** Settles when the run ends for any reason; never rejects. All output has been passed on by then. */
  readonly outcome: Promise<Outcome>;
  /** Empty until the run has ended; only the time is known of one that was terminated by force. */
  readonly facts: RunFacts;
  /** More of the program's standard input, if it was not complete at the start. */
  input(text: string): void;
  /** Ends standard input. */
  endInput(): void;
  watch(message: WatchMessage): void;
  /** The first call interrupts; a second call, or no answer, terminates. */
  stop(): void;
  terminate(): void;
}

export interface RunFrame {
  /** Fetches the page's database. Rejects with a user-readable error. */
  loadDatabase(): Promise<DatabaseCode>;
  /** Terminates the run's worker, if it still has one. */
  terminateWorker(): void;
  /** The run has not started, and its host does not respond: it may have died. */
  unresponsive(): void;
  /** The run no longer needs the frame. */
  settled(): void;
}

/** A worker reports immediately that it has a program; after this time it never will. */
const START_MS = 20_000;
/** A program that has not answered an interrupt after this time is busy and is terminated. */
const ANSWER_MS = 250;
/** After this many checks without a message, everything sent before termination has arrived. */
const QUIET_LOOKS = 4;
const LOOK_MS = 10;
/** A worker may keep running and printing for two seconds after termination (in Chromium). */
const LAST_WORDS_MS = 120;

/** The workers of threads also end with a program that ends as it should; that arrives on another port. */
const THREAD_END_MS = 1_000;

const FAILED_EXIT_CODE = 134;

const THREAD_GONE =
  'A thread of the program has ended: the browser terminated its worker, usually for lack of memory, or the program did.';

/** The page's end of one run. */
export class Run implements RunningProgram {
  readonly outcome: Promise<Outcome>;
  facts: RunFacts = {};
  readonly #frame: RunFrame;
  readonly #onAwaitsInput: () => void;
  readonly #onEvent: (event: RunEvent) => void;
  readonly #output: OutputReader;
  readonly #port: MessagePort;
  readonly #workerPort: MessagePort;
  readonly #threadPorts: MessagePort[] = [];
  #settle: (outcome: Outcome) => void = () => undefined;
  #phase: 'waiting' | 'running' | 'interrupted' | 'ending' | 'settled' = 'waiting';
  #unstarted: ReturnType<typeof setTimeout> | undefined;
  #unanswered: ReturnType<typeof setTimeout> | undefined;
  #quietLooks = 0;
  #database: 'none' | 'loading' | 'given' = 'none';
  #loadedAt: number | undefined;

  /** `onAwaitsInput`: the program waits for input that has not arrived yet. */
  constructor(
    onOutput: OnOutput,
    frame: RunFrame,
    onAwaitsInput: () => void = () => undefined,
    onEvent: (event: RunEvent) => void = () => undefined,
  ) {
    this.#frame = frame;
    this.#onAwaitsInput = onAwaitsInput;
    this.#onEvent = onEvent;
    this.#output = new OutputReader((stream, text, task) => {
      this.#quietLooks = 0;
      onOutput(stream, text, task);
    });
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#workerPort = port2;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = fromProgram(data);
      if (message !== undefined) this.#receive(message);
    };
  }

  /** Returns the worker's end of the port; undefined when it is too late to run. */
  start(): MessagePort | undefined {
    if (this.#phase !== 'waiting') return undefined;
    this.#phase = 'running';
    this.#unstarted = setTimeout(() => {
      this.#frame.unresponsive();
    }, START_MS);
    return this.#workerPort;
  }

  input(text: string): void {
    this.#send({ type: 'input', text });
  }

  endInput(): void {
    this.#send({ type: 'end-of-input' });
  }

  watch(message: WatchMessage): void {
    this.#send(message);
  }

  stop(): void {
    switch (this.#phase) {
      case 'waiting':
        this.#finish({ type: 'stopped', forced: false });
        break;
      case 'running':
        this.#interrupt();
        break;
      case 'interrupted':
        this.terminate();
        break;
      case 'ending':
      case 'settled':
        break;
    }
  }

  terminate(): void {
    void this.#end({ type: 'stopped', forced: true });
  }

  /** The worker or the frame failed. */
  fail(message: string): void {
    void this.#end({ type: 'crash', exitCode: FAILED_EXIT_CODE, message });
  }

  #interrupt(): void {
    this.#phase = 'interrupted';
    this.#send({ type: 'interrupt' });
    this.#unanswered = setTimeout(() => {
      this.terminate();
    }, ANSWER_MS);
  }

  #send(message: PageMessage, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  /** Once: the program is not trusted to ask only when it needs one. */
  async #giveDatabase(): Promise<void> {
    if (this.#database !== 'none') return;
    this.#database = 'loading';
    try {
      const code = await this.#frame.loadDatabase();
      this.#database = 'given';
      this.#send({ type: 'database', code }, [code.module, code.initdb, code.data]);
    } catch (error) {
      this.#database = 'none';
      this.#send({ type: 'no-database', message: error instanceof Error ? error.message : String(error) });
    }
  }

  #receive(message: ProgramMessage): void {
    switch (message.type) {
      case 'started':
        clearTimeout(this.#unstarted);
        break;
      case 'loaded':
        this.#loadedAt ??= performance.now();
        break;
      case 'output':
      case 'journal':
        this.#output.receive(message);
        break;
      case 'awaits-input':
        this.#onAwaitsInput();
        break;
      case 'wants-database':
        void this.#giveDatabase();
        break;
      case 'interrupted':
        clearTimeout(this.#unanswered);
        break;
      case 'thread':
        this.#listenToThread(message.port);
        break;
      case 'trace':
      case 'await-graph':
      case 'paused':
      case 'server-news':
      case 'answer':
        this.#quietLooks = 0;
        this.#onEvent(message);
        break;
      case 'ended':
        this.facts = { memoryBytes: message.memoryBytes, tasks: message.tasks };
        this.#finish(message.outcome);
        break;
    }
  }

  #listenToThread(port: MessagePort): void {
    this.#threadPorts.push(port);
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = fromThread(data);
      if (message !== undefined) void this.#endByThread(message.outcome);
    };
    // The worker is gone. A browser without this event does not notice.
    port.addEventListener('close', () => {
      setTimeout(() => this.fail(THREAD_GONE), THREAD_END_MS);
    });
  }

  /** The thread is about to pass its last output to the worker, which has a short time to send it. */
  async #endByThread(outcome: Outcome): Promise<void> {
    await this.#silence();
    await this.#end(outcome);
  }

  /** Terminates the worker and waits for what it had sent by then. */
  async #end(outcome: Outcome): Promise<void> {
    if (this.#phase === 'ending' || this.#phase === 'settled') return;
    const started = this.#phase !== 'waiting';
    this.#phase = 'ending';
    clearTimeout(this.#unstarted);
    clearTimeout(this.#unanswered);
    this.#frame.terminateWorker();
    if (started) {
      this.#output.expectNoBatch();
      await this.#silence();
    }
    this.#finish(outcome);
  }

  async #silence(): Promise<void> {
    const latest = performance.now() + LAST_WORDS_MS;
    this.#quietLooks = 0;
    while (this.#quietLooks < QUIET_LOOKS && performance.now() < latest) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      this.#quietLooks += 1;
    }
  }

  #finish(told: Outcome): void {
    if (this.#phase === 'settled') return;
    // The message is untrusted: the program's scripts may send anything.
    const outcome = told.type === 'crash' ? { ...told, message: endingMessage(told.message) } : told;
    this.#phase = 'settled';
    if (this.#loadedAt !== undefined) this.facts.ranMs = performance.now() - this.#loadedAt;
    clearTimeout(this.#unstarted);
    clearTimeout(this.#unanswered);
    this.#output.close();
    for (const port of [this.#port, ...this.#threadPorts]) {
      port.onmessage = null;
      port.close();
    }
    this.#frame.settled();
    this.#settle(outcome);
  }
}
