import type { Project } from '../../project/project.js';
import { contentsOf } from '../share/contents.js';
import { changesBetween, type Changes } from './changes.js';
import { changesView, summaryOf } from './changes-view.js';
import { make } from './dom.js';
import type { Version } from './snippet.js';
import { exactly } from './when.js';

/** Longer texts are cut. */
const longest = 200_000;

type Shown = 'changes' | 'return' | 'text';

const choices: Record<Shown, string> = {
  changes: 'Changes since the version before',
  return: 'What going back would change',
  text: 'The whole text',
};

/** What a version is compared with. */
export interface Others {
  /** The version before it. */
  before: Version | undefined;
  /** The snippet as it is now. */
  present(): Promise<Project | undefined>;
}

/** A version of a snippet: what is different in it, or its text. */
export class VersionView {
  readonly root: HTMLElement;
  readonly #select = make('select', '');
  readonly #contents = make('p', 'history-contents');
  readonly #summary = make('p', 'history-summary');
  readonly #body = make('div', 'history-body');
  #shown: { version: Version; others: Others } | undefined;
  /** Only the newest takes effect. */
  #comparing = 0;

  constructor() {
    this.#select.append(...Object.entries(choices).map(([value, text]) => new Option(text, value)));
    this.#select.addEventListener('change', () => void this.#show());
    this.#summary.setAttribute('role', 'status');
    this.root = make(
      'div',
      'history-version',
      make('label', 'history-choice', 'Show ', this.#select),
      this.#contents,
      this.#summary,
      this.#body,
    );
  }

  async show(version: Version, others: Others): Promise<void> {
    this.#shown = { version, others };
    await this.#show();
  }

  showNone(): void {
    this.#comparing += 1;
    this.#shown = undefined;
    this.#contents.textContent = 'No versions yet. One is kept at each run, and from time to time while you write.';
    this.#summary.textContent = '';
    this.#body.replaceChildren();
  }

  async #show(): Promise<void> {
    const comparing = ++this.#comparing;
    if (this.#shown === undefined) return;
    const { version, others } = this.#shown;
    this.#contents.textContent = `${exactly(version.at)}: ${contentsOf(version.project)}`;
    const shown = this.#select.value as Shown;
    if (shown === 'text') {
      this.#showText(version.project, '');
      return;
    }
    const from = shown === 'return' ? await others.present() : others.before?.project;
    if (comparing !== this.#comparing) return;
    if (from !== undefined) this.#showChanges(changesBetween(from, version.project), version.project);
    else this.#showText(version.project, shown === 'return' ? 'The snippet cannot be read.' : 'This is the oldest version that is kept.');
  }

  #showChanges(changes: Changes | undefined, project: Project): void {
    if (changes === undefined) {
      this.#showText(project, 'Too much is different to be shown line by line: this is the whole text.');
      return;
    }
    this.#summary.textContent = summaryOf(changes);
    this.#body.replaceChildren(...changesView(changes));
  }

  #showText(project: Project, summary: string): void {
    const preview = make('pre', 'history-preview', textOf(project));
    preview.tabIndex = 0;
    preview.setAttribute('role', 'region');
    preview.setAttribute('aria-label', 'The text as it was');
    this.#summary.textContent = summary;
    this.#body.replaceChildren(preview);
  }
}

function textOf({ files }: Project): string {
  const text = files.map(({ name, text: source }) => (files.length === 1 ? source : `${name}\n\n${source}`)).join('\n\n');
  return text.length > longest ? `${text.slice(0, longest)}\n…` : text;
}
