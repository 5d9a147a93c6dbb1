import { make, makeButton, makeDialog } from '../keep/dom.js';
import type { Chapter, Entry } from './catalogue.js';
import { linkTo } from '../../project/example-link.js';
import { search } from './search.js';

/** All examples, by chapter or as search results. */
export class GalleryDialog {
  readonly #chapters: readonly Chapter[];
  readonly #open: (name: string) => void;
  readonly #dialog: HTMLDialogElement;
  readonly #search = make('input', 'gallery-search');
  readonly #count = make('p', 'gallery-count');
  readonly #nav = make('nav', 'gallery-chapters');
  readonly #list = make('div', 'gallery-list');
  #current: string | undefined;

  constructor(chapters: readonly Chapter[], open: (name: string) => void) {
    this.#chapters = chapters;
    this.#open = open;
    this.#search.type = 'search';
    this.#search.placeholder = 'wait_for, queue, deadlock …';
    this.#search.setAttribute('aria-label', 'Search the examples');
    this.#search.addEventListener('input', () => this.#show());
    this.#count.setAttribute('role', 'status');
    this.#nav.setAttribute('aria-label', 'Chapters');
    this.#nav.append(listOf(chapters.map((chapter) => makeButton(chapter.title, () => this.#goTo(chapter)))));
    this.#dialog = makeDialog(
      'gallery',
      make('h2', '', 'Examples'),
      make('div', 'gallery-bar', this.#search, this.#count),
      make('div', 'gallery-main', this.#nav, this.#list),
    );
    this.#dialog.classList.add('gallery');
    this.#dialog.addEventListener('keydown', (event) => this.#press(event));
  }

  /** `current` is the example that is open. */
  show(current: string | undefined): void {
    this.#current = current;
    this.#search.value = '';
    this.#show();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#list.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' });
    this.#search.focus();
  }

  #show(): void {
    const query = this.#search.value.trim();
    const found = search(this.#chapters, query);
    this.#count.textContent = query === '' ? `${found.length} examples` : `${found.length} found`;
    this.#nav.hidden = query !== '';
    if (query === '') this.#list.replaceChildren(...this.#chapters.map((chapter) => this.#section(chapter)));
    else if (found.length === 0) this.#list.replaceChildren(make('p', 'gallery-none', 'No example matches all of these words.'));
    else this.#list.replaceChildren(listOf(found.map(({ chapter, entry }) => this.#entry(entry, chapter.title))));
    this.#list.scrollTop = 0;
  }

  #section(chapter: Chapter): HTMLElement {
    const heading = make('h3', '', chapter.title);
    heading.id = headingOf(chapter);
    const section = make('section', '', heading, listOf(chapter.entries.map((entry) => this.#entry(entry))));
    section.setAttribute('aria-labelledby', heading.id);
    return section;
  }

  #entry({ name, title, teaches }: Entry, chapter?: string): HTMLElement {
    // A link, so that it can be copied, and opened in another tab.
    const link = make('a', 'gallery-entry', make('span', 'gallery-title', title), make('span', 'gallery-teaches', teaches));
    if (chapter !== undefined) link.append(make('span', 'gallery-chapter', chapter));
    link.href = linkTo(name);
    if (name === this.#current) link.setAttribute('aria-current', 'true');
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.#dialog.close();
      this.#open(name);
    });
    return link;
  }

  #goTo(chapter: Chapter): void {
    const heading = document.getElementById(headingOf(chapter));
    heading?.scrollIntoView({ block: 'start' });
    heading?.parentElement?.querySelector('a')?.focus({ preventScroll: true });
  }

  /** The arrow keys move through the list, and from the search into it; Enter there opens the first. */
  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const links = [...this.#list.querySelectorAll('a')];
    const inSearch = event.target === this.#search;
    const at = links.findIndex((link) => link === event.target);
    if (!inSearch && at < 0) return;
    const to = destination(event.key, at, links.length, inSearch);
    if (to === undefined) return;
    event.preventDefault();
    if (event.key === 'Enter') links[to]?.click();
    else if (to < 0) this.#search.focus();
    else links[to]?.focus();
  }
}

/** The index that a key moves to; -1 is the search field, undefined leaves the key its default action. */
function destination(key: string, at: number, count: number, inSearch: boolean): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return inSearch ? undefined : at - 1;
    case 'Home':
      return inSearch ? undefined : 0;
    case 'End':
      return inSearch ? undefined : count - 1;
    case 'Enter':
      return inSearch && count > 0 ? 0 : undefined;
    default:
      return undefined;
  }
}

function headingOf({ id }: Chapter): string {
  return `gallery-${id}`;
}

function listOf(items: HTMLElement[]): HTMLElement {
  return make('ul', '', ...items.map((item) => make('li', '', item)));
}
