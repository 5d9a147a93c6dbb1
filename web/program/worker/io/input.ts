import { bytesOf } from '../../../protocol/byte-text.js';
import { InFlight } from '../in-flight.js';

const NEWLINE = 10;

/** Why a wait for input ended. */
export type InputWait = 'ready' | 'interrupted';

/** Standard input of the program: its bytes as they arrive, then its end. */
export class Input {
  readonly #inFlight: InFlight;
  #pieces: Uint8Array[] = [];
  /** How much of the first piece is consumed. */
  #taken = 0;
  #lines = 0;
  #ended = false;
  #awaited: () => void = () => undefined;
  #changed: () => void = () => undefined;
  #readers: ((how: InputWait) => void)[] = [];
  readonly #watchers = new Set<(how: InputWait) => void>();
  #lineWaiters: (() => void)[] = [];

  constructor(inFlight = new InFlight()) {
    this.#inFlight = inFlight;
  }

  /** `awaited` is called when a wait for missing input begins; `changed` when input, or its end, has arrived. */
  connect(awaited: () => void, changed: () => void = () => undefined): void {
    this.#awaited = awaited;
    this.#changed = changed;
  }

  append(text: string): void {
    if (text === '' || this.#ended) return;
    const bytes = bytesOf(text);
    this.#pieces.push(bytes);
    this.#lines += linesIn(bytes);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Ends all blocking waits. */
  interrupt(): void {
    for (const reader of [...this.#readers.splice(0), ...this.#watchers]) reader('interrupted');
  }

  /** Whether there are bytes, or the end was reached. */
  get ready(): boolean {
    return this.#ended || this.#pieces.length > 0;
  }

  /** Whether there is a complete line, or all remaining input. */
  hasLine(): boolean {
    return this.#ended || this.#lines > 0;
  }

  whenReady(): Promise<InputWait> {
    if (this.ready) return Promise.resolve('ready');
    this.#awaited();
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /**
   * Calls back when there are bytes, the end or an interrupt, for a caller that also waits for other things. `isRead`: it
   * waits for input, so a clock does not leap meanwhile. Returns a function that ends the watch.
   */
  watch(heard: (how: InputWait) => void, isRead: boolean): () => void {
    this.#watchers.add(heard);
    let end: (() => void) | undefined;
    if (isRead) {
      void this.#inFlight.during(new Promise<void>((resolve) => (end = resolve)));
      if (!this.ready) this.#awaited();
    }
    return () => {
      this.#watchers.delete(heard);
      end?.();
    };
  }

  /** Resolves when hasLine(). */
  whenLine(): Promise<void> {
    if (this.hasLine()) return Promise.resolve();
    this.#awaited();
    return this.#inFlight.during(new Promise((resolve) => this.#lineWaiters.push(resolve)));
  }

  /** Returns up to `most` bytes without waiting; none at the end, or if none are available. */
  take(most: number): Uint8Array {
    const [piece] = this.#pieces;
    if (piece === undefined) return new Uint8Array();
    const bytes = piece.subarray(this.#taken, this.#taken + most);
    this.#taken += bytes.length;
    if (this.#taken === piece.length) {
      this.#pieces.shift();
      this.#taken = 0;
    }
    this.#lines -= linesIn(bytes);
    return bytes;
  }

  #wake(): void {
    this.#changed();
    for (const reader of [...this.#readers.splice(0), ...this.#watchers]) reader('ready');
    if (!this.hasLine()) return;
    for (const waiter of this.#lineWaiters.splice(0)) waiter();
  }
}

function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
