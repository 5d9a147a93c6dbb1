import type { RunEvent, WatchMessage } from '../../protocol/program.js';
import type { RunPhase } from '../../engine/run-controller.js';

export interface PaceElements {
  bar: HTMLElement;
  pause: HTMLButtonElement;
  step: HTMLButtonElement;
  continue: HTMLButtonElement;
  /** Shows where the program is paused. */
  place: HTMLElement;
}

/** Pauses the running program between two turns of its loop: pause, step, continue. */
export class PaceBar {
  readonly #elements: PaceElements;

  constructor(elements: PaceElements, ask: (message: WatchMessage) => void) {
    this.#elements = elements;
    elements.pause.addEventListener('click', () => ask({ type: 'pause' }));
    elements.step.addEventListener('click', () => {
      this.#say('');
      ask({ type: 'step' });
    });
    elements.continue.addEventListener('click', () => {
      ask({ type: 'continue' });
      this.#held(false);
      this.#elements.pause.focus();
    });
  }

  phase(phase: RunPhase): void {
    this.#elements.bar.hidden = phase !== 'running';
    if (phase === 'running') this.#held(false);
  }

  event(event: RunEvent): void {
    if (event.type !== 'paused') return;
    this.#held(true);
    this.#say(`Held at ${(event.loopTime / 1e6).toFixed(3)} s`);
  }

  #held(held: boolean): void {
    const { pause, step, continue: goOn } = this.#elements;
    const hadFocus = document.activeElement === pause;
    pause.hidden = held;
    step.hidden = !held;
    goOn.hidden = !held;
    if (held && hadFocus) step.focus();
    if (!held) this.#say('');
  }

  #say(text: string): void {
    this.#elements.place.textContent = text;
  }
}
