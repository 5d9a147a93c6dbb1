import type { Outcome, ProgramMessage, ProgramSignal } from '../protocol/program.js';
import { OutputReader } from './output-reader.js';
import type { OnOutput } from './output-reader.js';

export interface RunningProgram {
  /** Settles however the run ends; never rejects. All output has been handed over by then. */
  readonly outcome: Promise<Outcome>;
  /** The first call interrupts; the next one, or no answer, terminates. */
  stop(): void;
  terminate(): void;
}

export interface RunFrame {
  /** Ends the worker of the run; terminated() is called when it is done. */
  terminateWorker(): void;
  /** The run needs the frame no more. */
  settled(): void;
}

/** A program that has not answered an interrupt by then is busy and gets no more time. */
const ANSWER_MS = 250;
/** Where a port does not tell that its other end is gone, this much silence does. */
const SILENCE_MS = 100;
/** A frame that does not answer is gone. */
const FRAME_MS = 2000;

const FAILED_EXIT_CODE = 134;

/** The page's end of one run. */
export class Run implements RunningProgram {
  readonly outcome: Promise<Outcome>;
  readonly #frame: RunFrame;
  readonly #output: OutputReader;
  readonly #port: MessagePort;
  readonly #workerPort: MessagePort;
  #settle: (outcome: Outcome) => void = () => undefined;
  #phase: 'waiting' | 'running' | 'interrupted' | 'ending' | 'settled' = 'waiting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the run is when it is known that nothing more comes from it. */
  #last: Outcome = { type: 'stopped', forced: true };

  constructor(onOutput: OnOutput, frame: RunFrame) {
    this.#frame = frame;
    this.#output = new OutputReader(onOutput);
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#workerPort = port2;
    port1.onmessage = (event: MessageEvent<ProgramMessage>) => {
      this.#receive(event.data);
    };
    port1.addEventListener('close', () => {
      if (this.#phase === 'ending') this.#end();
    });
  }

  /** Hands the worker's end of the port to the worker; undefined when it is too late to run. */
  start(): MessagePort | undefined {
    if (this.#phase !== 'waiting') return undefined;
    this.#phase = 'running';
    return this.#workerPort;
  }

  stop(): void {
    switch (this.#phase) {
      case 'waiting':
        this.#finish({ type: 'stopped', forced: false });
        break;
      case 'running': {
        this.#phase = 'interrupted';
        const signal: ProgramSignal = { type: 'interrupt' };
        this.#port.postMessage(signal);
        this.#after(ANSWER_MS, () => {
          this.terminate();
        });
        break;
      }
      case 'interrupted':
        this.terminate();
        break;
      case 'ending':
      case 'settled':
        break;
    }
  }

  terminate(): void {
    if (this.#phase === 'waiting') {
      this.#finish({ type: 'stopped', forced: true });
      return;
    }
    if (this.#phase === 'ending' || this.#phase === 'settled') return;
    this.#phase = 'ending';
    this.#after(FRAME_MS, () => {
      this.#end();
    });
    this.#frame.terminateWorker();
  }

  /** The worker is gone; what it sent before may still be on its way. */
  terminated(): void {
    if (this.#phase === 'ending') this.#awaitSilence();
  }

  /** The worker or the frame broke. */
  fail(message: string): void {
    if (this.#phase === 'settled') return;
    this.#last = { type: 'crash', exitCode: FAILED_EXIT_CODE, message };
    this.#phase = 'ending';
    this.#awaitSilence();
  }

  #receive(message: ProgramMessage): void {
    if (this.#phase === 'settled') return;
    switch (message.type) {
      case 'started':
        break;
      case 'output':
      case 'journal':
        this.#output.receive(message);
        break;
      case 'interrupted':
        if (this.#phase === 'interrupted') clearTimeout(this.#timer);
        break;
      case 'ended':
        this.#finish(message.outcome);
        return;
    }
    if (this.#phase === 'ending') this.#awaitSilence();
  }

  #awaitSilence(): void {
    this.#after(SILENCE_MS, () => {
      this.#end();
    });
  }

  /** Everything on the port has been read: what is left is in the journal. */
  #end(): void {
    clearTimeout(this.#timer);
    const last = this.#last;
    void this.#output.readToEnd(SILENCE_MS).then(() => {
      this.#finish(last);
    });
  }

  #finish(outcome: Outcome): void {
    if (this.#phase === 'settled') return;
    this.#phase = 'settled';
    clearTimeout(this.#timer);
    this.#output.close();
    this.#port.close();
    this.#frame.settled();
    this.#settle(outcome);
  }

  #after(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }
}
