import { messageOf } from '../protocol/error-message.js';
import { formatBytes, formatCount } from './format.js';

/** A program may write a very large number of files; each is several page elements. */
const mostListed = 500;

export interface ListedFile {
  path: string;
  bytes: number;
}

export interface FilesActions {
  list(): Promise<ListedFile[]>;
  download(path: string): void;
  remove(path: string): Promise<void>;
}

/** The files stored by programs, each with buttons to download and remove it. Listed while shown. */
export class FilesView {
  readonly #list: HTMLElement;
  readonly #actions: FilesActions;
  /** Only the newest listing is shown. */
  #listing = 0;

  constructor(list: HTMLElement, actions: FilesActions) {
    this.#list = list;
    this.#actions = actions;
  }

  /** The files may have changed, or the list is shown now. */
  refresh(): void {
    if (!this.#list.checkVisibility()) return;
    const listing = ++this.#listing;
    this.#actions.list().then(
      (files) => {
        if (listing === this.#listing) this.#show(files);
      },
      (error: unknown) => {
        if (listing === this.#listing) this.#say(`No files to show: files of programs cannot be read or kept here (${messageOf(error)}).`);
      },
    );
  }

  #show(files: ListedFile[]): void {
    if (files.length === 0) {
      this.#say('No files yet. Files that a program writes stay in this browser for later runs.');
      return;
    }
    const items = document.createElement('ul');
    items.append(...files.slice(0, mostListed).map((file) => this.#item(file)));
    if (files.length > mostListed) {
      const more = document.createElement('li');
      more.textContent = `and ${formatCount(files.length - mostListed)} more: delete some to see them`;
      items.append(more);
    }
    this.#list.replaceChildren(items);
  }

  #item({ path, bytes }: ListedFile): HTMLElement {
    const item = document.createElement('li');
    const name = document.createElement('span');
    name.className = 'file-name';
    name.textContent = path;
    const size = document.createElement('span');
    size.textContent = formatBytes(bytes);
    item.append(
      name,
      size,
      this.#button('Download', path, () => this.#actions.download(path)),
      this.#button('Delete', path, () => {
        this.#actions.remove(path).then(
          () => this.refresh(),
          (error: unknown) => this.#say(`${path} could not be deleted: ${messageOf(error)}`),
        );
      }),
    );
    return item;
  }

  #button(text: string, path: string, action: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = text;
    button.setAttribute('aria-label', `${text} ${path}`);
    button.addEventListener('click', action);
    return button;
  }

  #say(text: string): void {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    this.#list.replaceChildren(paragraph);
  }
}
