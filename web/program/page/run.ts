import type { Outcome, PageMessage, ProgramMessage, RunEvent, RunFacts, WatchMessage } from '../../protocol/program.js';
import { fromProgram, fromThread } from '../../protocol/message-guards.js';
import { OutputReader } from './output-reader.js';
import type { OnOutput } from './output-reader.js';
import { endingMessage } from '../../protocol/ending-message.js';

export interface RunningProgram {
  /** Settles however the run ends; never rejects. All output has been handed over by then. */
  readonly outcome: Promise<Outcome>;
  /** Empty until the run has ended, and when it was ended by force. */
  readonly facts: RunFacts;
  /** More of the program's standard input, where it was not all given before. */
  input(text: string): void;
  /** There is no more of it. */
  endInput(): void;
  watch(message: WatchMessage): void;
  /** The first call interrupts; the next one, or no answer, terminates. */
  stop(): void;
  terminate(): void;
}

export interface RunFrame {
  /** Ends the worker of the run, if it still has one. */
  terminateWorker(): void;
  /** The run has not begun, and nothing is heard of it: whoever runs it may have died. */
  unresponsive(): void;
  /** The run needs the frame no more. */
  settled(): void;
}

/** A worker says at once that it has a program; one that has not by then never will. */
const START_MS = 20_000;
/** A program that has not answered an interrupt by then is busy and gets no more time. */
const ANSWER_MS = 250;
/** What a worker sent before it was terminated has arrived when nothing came in so many looks. */
const QUIET_LOOKS = 4;
const LOOK_MS = 10;
/** A worker may live on, and print on, for two seconds after it was terminated (in Chromium). */
const LAST_WORDS_MS = 120;

const FAILED_EXIT_CODE = 134;

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

  /** `onAwaitsInput`: the program waits for input that is not there yet. */
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

  /** Gives the worker's end of the port; undefined when it is too late to run. */
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

  /** The worker or the frame broke. */
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

  #send(message: PageMessage): void {
    this.#port.postMessage(message);
  }

  #receive(message: ProgramMessage): void {
    switch (message.type) {
      case 'started':
        clearTimeout(this.#unstarted);
        break;
      case 'output':
      case 'journal':
        this.#output.receive(message);
        break;
      case 'awaits-input':
        this.#onAwaitsInput();
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
  }

  /** The thread is about to hand its last output to the worker, which has a moment to send it. */
  async #endByThread(outcome: Outcome): Promise<void> {
    await this.#silence();
    await this.#end(outcome);
  }

  /** Ends the worker by force and waits for what it had sent by then. */
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
    // Its scripts may tell what they like.
    const outcome = told.type === 'crash' ? { ...told, message: endingMessage(told.message) } : told;
    this.#phase = 'settled';
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
