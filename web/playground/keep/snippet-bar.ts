import type { Example } from '../gallery/examples.js';
import type { Opened } from './open-snippet.js';

const pageTitle = 'asyncio for C++';
const ownValue = ':own';

export interface SnippetBarElements {
  select: HTMLSelectElement;
  /** On the button that opens the project's menu. */
  title: HTMLElement;
  edited: HTMLElement;
  reset: HTMLButtonElement;
}

export interface SnippetBarActions {
  openExample(name: string): void;
  reset(): void;
}

/** Shows the open snippet in the page's header. */
export class SnippetBar {
  readonly #elements: SnippetBarElements;
  readonly #own = new Option('', ownValue);

  constructor(elements: SnippetBarElements, examples: readonly Example[], actions: SnippetBarActions) {
    this.#elements = elements;
    const { select, reset } = elements;
    select.append(...examples.map(({ name, title }) => new Option(title, name)));
    select.addEventListener('change', () => actions.openExample(select.value));
    reset.addEventListener('click', () => actions.reset());
  }

  show({ title, example, edited }: Opened): void {
    const { select, reset } = this.#elements;
    reset.hidden = !edited;
    this.#elements.title.textContent = title;
    this.#elements.edited.hidden = !edited;
    document.title = `${title} – ${pageTitle}`;
    if (example === undefined) {
      this.#own.textContent = title;
      if (!this.#own.isConnected) select.prepend(this.#own);
      select.value = ownValue;
    } else {
      this.#own.remove();
      select.value = example.name;
    }
  }
}
