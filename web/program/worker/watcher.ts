import type { ProgramMessage, ProgramOptions, LoopMessage } from '../../protocol/program.js';
import type { AwaitGraph } from '../../protocol/trace.js';
import type { ProgramClock } from './clock.js';
import type { MainModule } from './main-module.js';

/** The length prefix of trace texts (runtime/src/trace/record.hpp). */
const LENGTH_BYTES = 4;

export type Send = (message: ProgramMessage, transfer?: Transferable[]) => void;

/** Observes and controls the program for the page: traces, await graphs, pauses. */
export class Watcher {
  readonly #clock: ProgramClock;
  readonly #wake: () => void;
  #main: MainModule | undefined;
  #send: Send = () => undefined;
  /** Threads use their own clock, which does not stop. */
  #threads = false;
  #paused = false;
  #goOn: (() => void) | undefined;

  /** `wake` ends a wait of the program. */
  constructor(clock: ProgramClock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Call before the program starts. */
  connect(main: MainModule, send: Send, { clock, seed, trace }: ProgramOptions, threads: boolean): void {
    this.#main = main;
    this.#send = send;
    this.#threads = threads;
    this.#clock.start(clock ?? 'real');
    if (clock === 'paused') this.#setPaused(true);
    if (seed !== undefined && seed !== null) main.exports.asyncio_host_set_seed(seed);
    if (trace === true) main.exports.asyncio_host_set_tracing(1);
  }

  hear(message: LoopMessage): void {
    switch (message.type) {
      case 'trace':
        this.#main?.exports.asyncio_host_set_tracing(message.on ? 1 : 0);
        break;
      case 'await-graph':
        this.#main?.exports.asyncio_host_ask_await_graph();
        break;
      case 'pause':
        if (this.#paused) break;
        if (!this.#threads) this.#clock.hold();
        this.#setPaused(true);
        this.#wake();
        break;
      case 'step':
        this.#release();
        break;
      case 'continue':
        this.continue();
        break;
    }
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Resolves when the page requests the next turn. */
  pause(): Promise<void> {
    this.#send({ type: 'paused', loopTime: this.#clock.peek() * 1000 });
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  continue(): void {
    if (!this.#paused) return;
    this.#setPaused(false);
    this.#clock.release();
    this.#release();
  }

  /** Sends the part of the trace still in the program's memory. */
  flush(): void {
    this.#main?.exports.asyncio_host_flush_trace();
  }

  /** The number of tasks created by the program. */
  get tasks(): number {
    return (this.#main?.exports.asyncio_host_tasks_made() ?? 0) >>> 0;
  }

  trace(records: number, bytes: number, texts: number, textBytes: number): void {
    if (this.#main === undefined) return;
    const { buffer } = this.#main.memory;
    const copied = new Uint8Array(buffer, records, bytes).slice().buffer;
    const packed = new Uint8Array(buffer, texts, textBytes).slice();
    this.#send({ type: 'trace', records: copied, texts: unpack(packed) }, [copied]);
  }

  showAwaitGraph(json: number): void {
    if (this.#main === undefined) return;
    this.#send(JSON.parse(this.#main.readString(json)) as AwaitGraph);
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#main?.exports.asyncio_host_set_paused(paused ? 1 : 0);
  }

  #release(): void {
    const goOn = this.#goOn;
    this.#goOn = undefined;
    goOn?.();
  }
}

function unpack(packed: Uint8Array<ArrayBuffer>): string[] {
  const decoder = new TextDecoder();
  const view = new DataView(packed.buffer);
  const texts: string[] = [];
  for (let at = 0; at < packed.length; ) {
    const length = view.getUint32(at, true);
    at += LENGTH_BYTES;
    texts.push(decoder.decode(packed.subarray(at, at + length)));
    at += length;
  }
  return texts;
}
