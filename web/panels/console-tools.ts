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

/** What is shown beside each line. */
export interface ConsoleColumns {
  readonly times: boolean;
  readonly tasks: boolean;
}

export interface ToolActions {
  filter(filter: LineFilter): void;
  show(columns: Partial<ConsoleColumns>): void;
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
    times.addEventListener('click', () => this.#actions.show({ times: !isPressed(times) }));
    tasks.addEventListener('click', () => this.#actions.show({ tasks: !isPressed(tasks) }));
    copy.addEventListener('click', () => this.#actions.copy());
    save.addEventListener('click', () => this.#actions.save());
    clear.addEventListener('click', () => this.#actions.clear());
  }

  get filter(): LineFilter {
    const { filter, stream } = this.#elements;
    return { text: filter.value, stream: streams[stream.value] ?? 'all' };
  }

  set columns({ times, tasks }: ConsoleColumns) {
    this.#elements.times.setAttribute('aria-pressed', String(times));
    this.#elements.tasks.setAttribute('aria-pressed', String(tasks));
  }

  showCount(shown: number, kept: number): void {
    const text = isEverything(this.filter) ? '' : `${formatCount(shown)} of ${formatCount(kept)}`;
    if (this.#elements.count.textContent !== text) this.#elements.count.textContent = text;
  }
}

function isPressed(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-pressed') === 'true';
}
