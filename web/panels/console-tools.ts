import { isEverything, type LineFilter } from './console-filter.js';
import { formatCount } from './format.js';

export interface ToolElements {
  filter: HTMLInputElement;
  stream: HTMLSelectElement;
  /** Shows how many lines match. */
  count: HTMLElement;
  times: HTMLButtonElement;
  tasks: HTMLButtonElement;
  copy: HTMLButtonElement;
  save: HTMLButtonElement;
  clear: HTMLButtonElement;
}

export interface ToolActions {
  filter(filter: LineFilter): void;
  showTimes(shown: boolean): void;
  showTasks(shown: boolean): void;
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
    const { filter, stream, times, tasks, copy, save, clear } = elements;
    filter.addEventListener('input', () => this.#actions.filter(this.filter));
    filter.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || filter.value === '') return;
      // Outside this field Escape stops the program.
      event.preventDefault();
      filter.value = '';
      this.#actions.filter(this.filter);
    });
    stream.addEventListener('change', () => this.#actions.filter(this.filter));
    onSwitch(times, (shown) => this.#actions.showTimes(shown));
    onSwitch(tasks, (shown) => this.#actions.showTasks(shown));
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

function onSwitch(button: HTMLButtonElement, set: (on: boolean) => void): void {
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    set(on);
  });
}
