import type { Example } from '../gallery/examples.js';
import type { Opened } from './open-snippet.js';

const pageTitle = 'asyncio for C++';
const ownValue = ':own';

export interface SnippetBarElements {
  select: HTMLSelectElement;
  reset: HTMLButtonElement;
}

export interface SnippetBarActions {
  openExample(name: string): void;
  reset(): void;
}

/** Shows the open snippet in the page's header. */
export class SnippetBar {
  readonly #select: HTMLSelectElement;
  readonly #reset: HTMLButtonElement;
  readonly #own = new Option('', ownValue);

  constructor({ select, reset }: SnippetBarElements, examples: readonly Example[], actions: SnippetBarActions) {
    this.#select = select;
    this.#reset = reset;
    select.append(...examples.map(({ name, title }) => new Option(title, name)));
    select.addEventListener('change', () => actions.openExample(select.value));
    reset.addEventListener('click', () => actions.reset());
  }

  show({ title, example, edited }: Opened): void {
    this.#reset.hidden = !edited;
    document.title = `${title} – ${pageTitle}`;
    if (example === undefined) {
      this.#own.textContent = title;
      if (!this.#own.isConnected) this.#select.prepend(this.#own);
      this.#select.value = ownValue;
    } else {
      this.#own.remove();
      this.#select.value = example.name;
    }
  }
}
