import { messageOf } from '../../protocol/error-message.js';
import { make, makeButton, makeDialog } from '../keep/dom.js';
import type { Project } from '../../project/project.js';
import { contentsOf } from './contents.js';
import { inCompilerExplorer } from './compiler-explorer.js';
import { copyField } from './copy-text.js';
import { adviceOn } from './link-length.js';
import { publishedHeader } from './published-header.js';
import { linkTo, whyNot } from '../../project/link.js';

/** The link that contains the open project, and ways to send it. */
export class ShareDialog {
  readonly #project: () => Project;
  readonly #page: () => string;
  readonly #contents = make('p', '');
  readonly #field = make('textarea', 'share-link');
  readonly #advice = make('p', 'share-advice');
  readonly #copy: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  readonly #done = make('span', 'share-done');
  readonly #elsewhere = make('a', '', 'Open in Compiler Explorer');
  readonly #elsewhereNote = make('p', 'share-advice');
  readonly #dialog: HTMLDialogElement;
  #offered: Project | undefined;

  constructor(project: () => Project, page: () => string) {
    this.#project = project;
    this.#page = page;
    this.#field.readOnly = true;
    this.#field.rows = 4;
    this.#field.setAttribute('aria-label', 'Link to this snippet');
    this.#field.addEventListener('focus', () => this.#field.select());
    this.#copy = makeButton('Copy link', () => void this.#copyLink(), { className: 'primary' });
    this.#send = makeButton('Send …', () => void this.#sendLink(), { className: '' });
    this.#done.setAttribute('role', 'status');
    this.#elsewhere.target = '_blank';
    this.#elsewhere.rel = 'noopener noreferrer';
    this.#dialog = makeDialog(
      'share',
      make('h2', '', 'Share'),
      make(
        'div',
        'share',
        this.#contents,
        this.#field,
        this.#advice,
        make('div', 'snippets-bar', this.#copy, this.#send, this.#done),
        make('p', 'share-advice', 'The link contains the whole snippet: nothing is stored elsewhere, and opening the link runs nothing.'),
        this.#elsewhere,
        this.#elsewhereNote,
      ),
    );
  }

  async show(): Promise<void> {
    const project = this.#project();
    this.#contents.textContent = `“${project.title}”: ${contentsOf(project)}.`;
    this.#done.textContent = '';
    const { link, advice } = await prepare(project, this.#page());
    this.#field.value = link ?? '';
    this.#field.hidden = link === undefined;
    this.#copy.hidden = link === undefined;
    this.#send.hidden = link === undefined || !('share' in navigator);
    this.#advice.textContent = advice;
    if (!this.#dialog.open) this.#dialog.showModal();
    if (link !== undefined) this.#copy.focus();
    await this.#offerCompilerExplorer(project);
  }

  /** Asks the site for the header, which may take a while. */
  async #offerCompilerExplorer(project: Project): Promise<void> {
    this.#offered = project;
    this.#elsewhere.hidden = true;
    this.#elsewhereNote.textContent = '';
    const { url, note } = await inCompilerExplorer(project, () => publishedHeader(this.#page()));
    if (this.#offered !== project) return;
    if (url !== undefined) this.#elsewhere.href = url;
    this.#elsewhere.hidden = url === undefined;
    this.#elsewhereNote.textContent = note;
  }

  async #copyLink(): Promise<void> {
    this.#done.textContent = (await copyField(this.#field))
      ? 'Copied.'
      : 'The browser does not allow the page to copy it. The link is selected: copy it with the keyboard.';
  }

  async #sendLink(): Promise<void> {
    try {
      await navigator.share({ title: this.#project().title, url: this.#field.value });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      this.#done.textContent = `It could not be sent: ${messageOf(error)}`;
    }
  }
}

async function prepare(project: Project, page: string): Promise<{ link?: string; advice: string }> {
  try {
    const link = await linkTo(project, page);
    const { text, tooLong } = adviceOn(link.length);
    return { ...(!tooLong && { link }), advice: text };
  } catch (error) {
    return { advice: whyNot(error) };
  }
}
