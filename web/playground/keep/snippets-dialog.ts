import { reasonOf } from '../../protocol/error-message.js';
import { contentsOf } from '../share/contents.js';
import { make, makeButton, makeDialog } from './dom.js';
import type { HistoryActions, HistoryView } from './history-view.js';
import type { Listing } from './library.js';
import { matches } from './search.js';
import type { Damaged, Snippet } from './snippet.js';
import { exactly, when } from './when.js';

export interface SnippetsActions extends HistoryActions {
  list(): Promise<Listing>;
  isOpen(id: string): boolean;
  open(id: string): Promise<unknown>;
  create(): Promise<unknown>;
  rename(id: string, title: string): Promise<unknown>;
  duplicate(id: string): Promise<unknown>;
  delete(snippet: Snippet): Promise<unknown>;
  undelete(id: string): Promise<unknown>;
  purge(id: string): Promise<unknown>;
  download(damaged: Damaged): void;
  openFiles(files: File[]): Promise<unknown>;
  saveMain(): void;
  saveAll(): Promise<unknown>;
  problem(message: string): void;
}

/** The stored snippets: to open, search, rename, or restore from history. */
export class SnippetsDialog {
  readonly #actions: SnippetsActions;
  readonly #dialog: HTMLDialogElement;
  readonly #heading = make('h2', '', 'Snippets');
  readonly #main = make('div', 'snippets-main');
  readonly #search = make('input', 'snippets-search');
  readonly #list = make('div', 'snippets-list');
  #history: Promise<HistoryView> | undefined;
  /** Only the newest listing is shown. */
  #listing = 0;

  constructor(actions: SnippetsActions) {
    this.#actions = actions;
    this.#search.type = 'search';
    this.#search.placeholder = 'Search titles and text';
    this.#search.setAttribute('aria-label', 'Search your snippets');
    this.#search.addEventListener('input', () => void this.refresh());
    const chooser = make('input', '');
    Object.assign(chooser, { type: 'file', multiple: true, hidden: true, accept: '.cpp,.cc,.cxx,.hpp,.h,.hh,.txt,.zip' });
    chooser.addEventListener('change', () => {
      const files = [...(chooser.files ?? [])];
      chooser.value = '';
      if (files.length > 0) this.#leaveTo(actions.openFiles(files));
    });
    this.#main.append(
      make(
        'div',
        'snippets-bar',
        makeButton('New', () => this.#leaveTo(actions.create()), { className: '' }),
        makeButton('Open a file …', () => chooser.click(), { className: '' }),
        makeButton('Save main.cpp', () => actions.saveMain(), { className: '' }),
        makeButton('Save all as .zip', () => void actions.saveAll(), { className: '' }),
        chooser,
      ),
      this.#search,
      this.#list,
    );
    this.#dialog = makeDialog('snippets', this.#heading, this.#main);
  }

  async show(): Promise<void> {
    this.#search.value = '';
    this.#showList();
    await this.refresh();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#search.focus();
  }

  async showHistory(id: string, title: string): Promise<void> {
    this.#history ??= this.#makeHistory();
    try {
      const history = await this.#history;
      this.#main.hidden = true;
      this.#heading.textContent = `History of “${title}”`;
      await history.show(id);
      if (!this.#dialog.open) this.#dialog.showModal();
    } catch (error) {
      this.#history = undefined;
      this.#dialog.close();
      this.#actions.problem(`The history could not be loaded: ${reasonOf(error)}. Try again.`);
    }
  }

  /** A separate script, with all that compares texts. */
  async #makeHistory(): Promise<HistoryView> {
    const { HistoryView: View } = await import('./history-view.js');
    const history = new View(this.#actions, () => this.#showList());
    this.#dialog.append(history.root);
    return history;
  }

  /** The list may have changed. */
  async refresh(): Promise<void> {
    const listing = ++this.#listing;
    const { snippets, deleted, damaged } = await this.#actions.list();
    if (listing !== this.#listing) return;
    const found = snippets.filter((snippet) => matches(snippet, this.#search.value));
    this.#list.replaceChildren(
      ...(found.length > 0 ? [listOf(found.map((snippet) => this.#item(snippet)))] : [this.#none(snippets.length > 0)]),
      ...(damaged.length > 0 ? [make('h3', '', 'Damaged'), listOf(damaged.map((one) => this.#damagedItem(one)))] : []),
      ...(deleted.length > 0 ? [this.#bin(deleted)] : []),
    );
  }

  #none(some: boolean): HTMLElement {
    return make('p', 'snippets-none', some ? 'No snippet matches the search.' : 'No snippets yet. What you write is kept in this browser.');
  }

  #item(snippet: Snippet): HTMLElement {
    const { id, project } = snippet;
    const { title } = project;
    const open = makeButton(title, () => this.#leaveTo(this.#actions.open(id)), { className: 'snippet-title' });
    if (this.#actions.isOpen(id)) open.setAttribute('aria-current', 'true');
    const item = make('li', 'snippet');
    const head = make('div', 'snippet-head', open, this.#changed(snippet.changedAt));
    item.append(
      head,
      make('div', 'snippet-contents', contentsOf(project)),
      make(
        'div',
        'snippet-actions',
        makeButton('Rename', () => this.#editTitle(snippet, head), { label: `Rename ${title}` }),
        makeButton('Duplicate', () => this.#then(this.#actions.duplicate(id)), { label: `Duplicate ${title}` }),
        makeButton('History', () => void this.showHistory(id, title), { label: `History of ${title}` }),
        makeButton('Delete', () => this.#then(this.#actions.delete(snippet)), { label: `Delete ${title}` }),
      ),
    );
    return item;
  }

  #changed(at: number): HTMLElement {
    const time = make('time', 'snippet-time', when(at, Date.now()));
    time.dateTime = new Date(at).toISOString();
    time.title = exactly(at);
    return time;
  }

  #editTitle({ id, project }: Snippet, head: HTMLElement): void {
    const field = make('input', '');
    field.value = project.title;
    field.setAttribute('aria-label', `New name of ${project.title}`);
    const agree = make('button', '', 'Rename');
    const form = make('form', 'snippet-rename', field, agree);
    // Enter clicks it as well. In a sandboxed frame forms cannot be submitted, and get no submit event.
    agree.addEventListener('click', (event) => {
      event.preventDefault();
      this.#then(this.#actions.rename(id, field.value));
    });
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      // The dialog stays open.
      event.preventDefault();
      void this.refresh().then(() => this.#search.focus());
    });
    head.replaceWith(form);
    field.focus();
    field.select();
  }

  #damagedItem(damaged: Damaged): HTMLElement {
    return make(
      'li',
      'snippet',
      make('div', 'snippet-contents', `It cannot be opened: ${damaged.reason}.`),
      make(
        'div',
        'snippet-actions',
        makeButton('Download the stored data', () => this.#actions.download(damaged)),
        makeButton('Delete', () => this.#then(this.#actions.purge(damaged.id)), { label: 'Delete the damaged snippet' }),
      ),
    );
  }

  #bin(deleted: Snippet[]): HTMLElement {
    const bin = make('details', 'snippets-bin', make('summary', '', `Deleted (${deleted.length})`));
    bin.append(
      make('p', 'snippets-none', 'They are deleted for good after 30 days.'),
      listOf(
        deleted.map(({ id, project: { title }, changedAt }) =>
          make(
            'li',
            'snippet',
            make('div', 'snippet-head', make('span', 'snippet-name', title), this.#changed(changedAt)),
            make(
              'div',
              'snippet-actions',
              makeButton('Restore', () => this.#then(this.#actions.undelete(id)), { label: `Restore ${title}` }),
              makeButton('Delete for good', () => this.#then(this.#actions.purge(id)), { label: `Delete ${title} for good` }),
            ),
          ),
        ),
      ),
    );
    return bin;
  }

  #showList(): void {
    this.#heading.textContent = 'Snippets';
    // Where it cannot be loaded, showHistory says so.
    this.#history?.then((history) => history.hide(), () => undefined);
    this.#main.hidden = false;
    void this.refresh();
  }

  #leaveTo(action: Promise<unknown>): void {
    void action.then(() => this.#dialog.close());
  }

  /** The pressed button may have been removed with its list; the focus moves to the search. */
  #then(action: Promise<unknown>): void {
    void action.then(() => this.refresh()).then(() => this.#search.focus());
  }
}

function listOf(items: HTMLElement[]): HTMLElement {
  return make('ul', '', ...items);
}
