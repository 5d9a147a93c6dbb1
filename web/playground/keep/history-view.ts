import { contentsOf } from '../share/contents.js';
import type { Project } from '../../project/project.js';
import { make, makeButton } from './dom.js';
import type { Reason, Version } from './snippet.js';
import { exactly, when } from './when.js';

export interface HistoryActions {
  /** The newest first. */
  versions(id: string): Promise<Version[]>;
  restore(version: Version): Promise<unknown>;
}

const reasonText: Record<Reason, string> = {
  edited: 'Edited',
  run: 'Run',
  restored: 'Before a restore',
  'other-tab': 'From another tab',
};

/** Longer texts are cut in the preview. */
const previewLength = 200_000;

/** The history of a snippet: the times on one side, the text of the selected version on the other. */
export class HistoryView {
  readonly root = make('div', 'history');
  readonly #actions: HistoryActions;
  readonly #list = make('ul', 'history-times');
  readonly #contents = make('p', 'history-contents');
  readonly #preview = make('pre', 'history-preview');
  readonly #restore: HTMLButtonElement;
  #chosen: Version | undefined;
  #showing = 0;

  constructor(actions: HistoryActions, back: () => void) {
    this.#actions = actions;
    this.#restore = makeButton('Restore this version', () => {
      if (this.#chosen === undefined) return;
      void this.#actions.restore(this.#chosen).then(() => this.root.closest('dialog')?.close());
    }, { className: 'primary' });
    this.#preview.tabIndex = 0;
    this.#preview.setAttribute('role', 'region');
    this.#preview.setAttribute('aria-label', 'The text as it was');
    this.root.hidden = true;
    this.root.append(
      make('div', 'snippets-bar', makeButton('All snippets', back, { className: '' }), this.#restore),
      make('div', 'history-panes', this.#list, make('div', 'history-version', this.#contents, this.#preview)),
    );
  }

  async show(id: string): Promise<void> {
    const showing = ++this.#showing;
    const versions = await this.#actions.versions(id);
    if (showing !== this.#showing) return;
    this.#list.replaceChildren(...versions.map((version) => make('li', '', this.#button(version))));
    this.root.hidden = false;
    const [newest] = versions;
    if (newest === undefined) this.#showNone();
    else this.#choose(newest);
  }

  hide(): void {
    this.#showing += 1;
    this.root.hidden = true;
  }

  #button(version: Version): HTMLButtonElement {
    const button = makeButton('', () => this.#choose(version), { className: 'history-time' });
    const time = make('time', '', when(version.at, Date.now()));
    time.dateTime = new Date(version.at).toISOString();
    time.title = exactly(version.at);
    button.append(time, make('span', 'snippet-time', reasonText[version.reason]));
    button.dataset['at'] = String(version.at);
    return button;
  }

  #choose(version: Version): void {
    this.#chosen = version;
    this.#restore.disabled = false;
    for (const button of this.#list.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset['at'] === String(version.at)));
    }
    this.#contents.textContent = `${exactly(version.at)}: ${contentsOf(version.project)}`;
    this.#preview.textContent = textOf(version.project);
  }

  #showNone(): void {
    this.#chosen = undefined;
    this.#restore.disabled = true;
    this.#contents.textContent = 'No versions yet. One is kept at each run, and from time to time while you write.';
    this.#preview.textContent = '';
  }
}

function textOf({ files }: Project): string {
  const text = files.map(({ name, text }) => (files.length === 1 ? text : `${name}\n\n${text}`)).join('\n\n');
  return text.length > previewLength ? `${text.slice(0, previewLength)}\n…` : text;
}
