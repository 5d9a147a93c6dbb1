import type { RunPhase } from '../../engine/run-controller.js';
import { describeLoad, type LoadState } from '../../panels/load-status.js';

const beforeFirstRun = 'Run compiles the program and shows its output here.';

/** What a person who sees no output yet waits for, as a sentence. */
export class Awaited {
  readonly #show: (text: string) => void;
  #load: LoadState = { type: 'waiting' };
  #phase: RunPhase = 'idle';
  #hasRun = false;

  constructor(show: (text: string) => void) {
    this.#show = show;
    this.#tell();
  }

  load(state: LoadState): void {
    this.#load = state;
    this.#tell();
  }

  phase(phase: RunPhase): void {
    this.#phase = phase;
    this.#hasRun ||= phase !== 'idle';
    this.#tell();
  }

  #tell(): void {
    if (this.#phase === 'compiling') {
      this.#show(this.#load.type === 'ready' ? 'Compiling …' : `The program starts when the compiler is loaded. ${describeLoad(this.#load)}`);
    } else {
      this.#show(this.#hasRun ? '' : beforeFirstRun);
    }
  }
}
