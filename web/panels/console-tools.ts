import { isEverything, type LineFilter } from './console-filter.js';
import { formatCount } from './format.js';

export interface ToolElements {
  filter: HTMLInputElement;
  stream: HTMLSelectElement;
  /** How many lines match. */
  count: HTMLElement;
  times: HTMLButtonElement;
  copy: HTMLButtonElement;
  save: HTMLButtonElement;
  clear: HTMLButtonElement;
}

export interface ToolActions {
  filter(filter: LineFilter): void;
  showTimes(shown: boolean): void;
  copy(): void;
  save(): void;
  clear(): void;
}

const streams: Record<string, LineFilter['stream']> = { all: 'all', stdout: 'stdout', stderr: 'stderr' };

/** The controls above the console's text. */
export class ConsoleTools {
  readonly #elements: ToolElements;
  readonly #actions: ToolActions;

  constructor(elements: ToolElements, actions: ToolActions) {
    this.#elements = elements;
    this.#actions = actions;
    const { filter, stream, times, copy, save, clear } = elements;
    filter.addEventListener('input', () => this.#actions.filter(this.filter));
    filter.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || filter.value === '') return;
      // Escape elsewhere stops the program.
      event.preventDefault();
      filter.value = '';
      this.#actions.filter(this.filter);
    });
    stream.addEventListener('change', () => this.#actions.filter(this.filter));
    times.addEventListener('click', () => {
      const shown = times.getAttribute('aria-pressed') !== 'true';
      times.setAttribute('aria-pressed', String(shown));
      this.#actions.showTimes(shown);
    });
    copy.addEventListener('click', () => this.#actions.copy());
    save.addEventListener('click', () => this.#actions.save());
    clear.addEventListener('click', () => this.#actions.clear());
  }

  get filter(): LineFilter {
    const { filter, stream } = this.#elements;
    return { text: filter.value, stream: streams[stream.value] ?? 'all' };
  }

  showCount(shown: number, kept: number): void {
    const text = isEverything(this.filter) ? '' : `${formatCount(shown)} of ${formatCount(kept)}`;
    if (this.#elements.count.textContent !== text) this.#elements.count.textContent = text;
  }
}
