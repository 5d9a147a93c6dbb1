import type { Project } from '../../project/project.js';
import { make, makeButton } from './dom.js';
import type { Reason, Version } from './snippet.js';
import { VersionView } from './version-view.js';
import { exactly, when } from './when.js';

export interface HistoryActions {
  /** The newest first. */
  versions(id: string): Promise<Version[]>;
  restore(version: Version): Promise<unknown>;
  /** The snippet as it is now. */
  present(id: string): Promise<Project | undefined>;
}

const reasonText: Record<Reason, string> = {
  edited: 'Edited',
  run: 'Run',
  restored: 'Before a restore',
  'other-tab': 'From another tab',
};

/** The history of a snippet: the times on one side, the selected version on the other. */
export class HistoryView {
  readonly root = make('div', 'history');
  readonly #actions: HistoryActions;
  readonly #list = make('ul', 'history-times');
  readonly #version = new VersionView();
  readonly #restore: HTMLButtonElement;
  #chosen: Version | undefined;
  #showing = 0;

  constructor(actions: HistoryActions, back: () => void) {
    this.#actions = actions;
    this.#restore = makeButton('Restore this version', () => {
      if (this.#chosen === undefined) return;
      void this.#actions.restore(this.#chosen).then(() => this.root.closest('dialog')?.close());
    }, { className: 'primary' });
    this.root.hidden = true;
    this.root.append(
      make('div', 'snippets-bar', makeButton('All snippets', back, { className: '' }), this.#restore),
      make('div', 'history-panes', this.#list, this.#version.root),
    );
  }

  async show(id: string): Promise<void> {
    const showing = ++this.#showing;
    const versions = await this.#actions.versions(id);
    if (showing !== this.#showing) return;
    this.#list.replaceChildren(...versions.map((version, at) => make('li', '', this.#button(version, versions[at + 1]))));
    this.root.hidden = false;
    const [newest, before] = versions;
    if (newest === undefined) this.#showNone();
    else this.#choose(newest, before);
  }

  hide(): void {
    this.#showing += 1;
    this.root.hidden = true;
  }

  #button(version: Version, before: Version | undefined): HTMLButtonElement {
    const button = makeButton('', () => this.#choose(version, before), { className: 'history-time' });
    const time = make('time', '', when(version.at, Date.now()));
    time.dateTime = new Date(version.at).toISOString();
    time.title = exactly(version.at);
    button.append(time, make('span', 'snippet-time', reasonText[version.reason]));
    button.dataset['at'] = String(version.at);
    return button;
  }

  #choose(version: Version, before: Version | undefined): void {
    this.#chosen = version;
    this.#restore.disabled = false;
    for (const button of this.#list.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset['at'] === String(version.at)));
    }
    void this.#version.show(version, { before, present: () => this.#actions.present(version.snippet) });
  }

  #showNone(): void {
    this.#chosen = undefined;
    this.#restore.disabled = true;
    this.#version.showNone();
  }
}
