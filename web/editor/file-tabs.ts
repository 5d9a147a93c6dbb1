import type { EditorHost } from './editor-host.js';
import { freeName } from '../project/file-names.js';
import type { NameDialog } from './name-dialog.js';
import type { OpenFiles } from './open-files.js';
import type { SourceDocument } from './source-document.js';

export interface FileTabsElements {
  /** The buttons of the files. */
  list: HTMLElement;
  add: HTMLButtonElement;
  /** Shows what was closed, with a button to reopen it. */
  closed: HTMLElement;
}

/** The files of the project above the editor: one button per file, and actions for the shown one. */
export class FileTabs {
  readonly #elements: FileTabsElements;
  readonly #files: OpenFiles;
  readonly #editor: EditorHost;
  readonly #dialog: NameDialog;

  constructor(elements: FileTabsElements, files: OpenFiles, editor: EditorHost, dialog: NameDialog) {
    this.#elements = elements;
    this.#files = files;
    this.#editor = editor;
    this.#dialog = dialog;
    elements.add.addEventListener('click', () => void this.#add());
    elements.list.addEventListener('keydown', (event) => this.#onKey(event));
    files.onChange(() => this.#show());
    editor.onHeader(() => this.#show());
    this.#show();
  }

  #show(): void {
    const { list } = this.#elements;
    const focused = list.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['role'] : undefined;
    const items = this.#files.documents.map((each) => this.#item(each));
    if (this.#editor.header !== undefined) items.push(this.#headerItem(this.#editor.header));
    list.replaceChildren(...items);
    const current = list.querySelector<HTMLElement>('[aria-current]');
    current?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // The focused element was recreated.
    if (focused !== undefined) (list.querySelector<HTMLElement>(`.file-tab.shown [data-role="${focused}"]`) ?? current)?.focus();
    this.#offerReopening();
  }

  #item(document: SourceDocument): HTMLElement {
    const isShown = document === this.#files.current && this.#editor.header === undefined;
    const open = button('name', document.name, () => {
      this.#editor.leaveHeader();
      this.#files.show(document);
      this.#editor.focus();
    });
    const item = tab(open, isShown);
    if (!isShown || this.#files.isMain(document)) return item;
    open.title = 'F2 renames, Delete closes, Alt with an arrow moves';
    open.addEventListener('dblclick', () => void this.#rename(document));
    item.append(
      button('rename', '✎', () => void this.#rename(document), `Rename ${document.name}`),
      button('close', '×', () => this.#close(document), `Close ${document.name}`),
    );
    return item;
  }

  #headerItem(name: string): HTMLElement {
    const leave = (): void => this.#editor.leaveHeader();
    const item = tab(button('name', `<${name}>`, () => this.#editor.focus()), true);
    item.classList.add('file-tab-header');
    const note = document.createElement('span');
    note.textContent = 'read only';
    item.append(note, button('close', '×', leave, `Close ${name}, back to your code`));
    return item;
  }

  #offerReopening(): void {
    const { closed } = this.#elements;
    const name = this.#files.closed?.name;
    if (name === undefined) return closed.replaceChildren();
    const text = document.createElement('span');
    text.textContent = `${name} is closed.`;
    const undo = button('undo', 'Undo', () => {
      this.#files.reopen();
      this.#editor.focus();
    });
    undo.className = 'quiet';
    closed.replaceChildren(text, undo);
  }

  async #add(): Promise<void> {
    const name = await this.#dialog.ask({
      title: 'New file',
      verb: 'Add',
      name: freeName('header.hpp', this.#files.names),
      problemOf: (wanted) => this.#files.problemOf(wanted),
    });
    if (name === undefined) return;
    this.#files.add(name, /\.(?:h|hpp|hh)$/.test(name) ? '#pragma once\n' : '');
    this.#editor.focus();
  }

  async #rename(document: SourceDocument): Promise<void> {
    const name = await this.#dialog.ask({
      title: `Rename ${document.name}`,
      verb: 'Rename',
      name: document.name,
      problemOf: (wanted) => this.#files.problemOf(wanted, document),
    });
    if (name !== undefined) this.#files.rename(document, name);
  }

  #close(document: SourceDocument): void {
    this.#files.close(document);
    this.#elements.closed.querySelector('button')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const { current } = this.#files;
    const onName = event.target instanceof HTMLElement && event.target.dataset['role'] === 'name';
    if (!onName || this.#editor.header !== undefined || this.#files.isMain(current)) return;
    if (event.key === 'F2') void this.#rename(current);
    else if (event.key === 'Delete') this.#close(current);
    else if (event.altKey && event.key === 'ArrowLeft') this.#files.move(current, -1);
    else if (event.altKey && event.key === 'ArrowRight') this.#files.move(current, 1);
    else return;
    event.preventDefault();
  }
}

function tab(open: HTMLButtonElement, isShown: boolean): HTMLElement {
  const item = document.createElement('li');
  item.className = isShown ? 'file-tab shown' : 'file-tab';
  if (isShown) open.setAttribute('aria-current', 'true');
  item.append(open);
  return item;
}

function button(role: string, text: string, act: () => void, label?: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.dataset['role'] = role;
  element.textContent = text;
  if (label !== undefined) {
    element.title = label;
    element.setAttribute('aria-label', label);
  }
  element.addEventListener('click', act);
  return element;
}
