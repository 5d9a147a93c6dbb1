import type { Example } from '../gallery/examples.js';
import type { Project, Workspace } from '../../project/project.js';
import type { Journal } from './journal.js';
import type { SnippetLibrary } from './library.js';
import { OpenSnippet, projectOf, type OpenView } from './open-snippet.js';
import type { OlderDrafts } from './older-drafts.js';
import { readPlace, type Place } from './place.js';
import { isDamaged } from './read-stored.js';
import { newId, type Snippet, type Version } from './snippet.js';
import type { Tabs } from './tabs.js';
import type { VisitMemory } from './visit-memory.js';

const placeKey = 'asyncio-playground:open';
/** A storage that does not answer must not make the page unusable. */
const patienceMs = 3_000;

export interface Examples {
  first: Example;
  find(name: string): Example | undefined;
}

export interface KeepView extends Omit<OpenView, 'remember'> {
  /** The last edit cannot be read from storage. */
  downloadText(text: string): void;
}

export interface KeepParts {
  workspace: Workspace;
  library: SnippetLibrary;
  journal: Journal;
  olderDrafts: OlderDrafts;
  tabs: Tabs;
  /** The storage of this tab, and that of all tabs. */
  memories: { tab: VisitMemory; all: VisitMemory };
  examples: Examples;
  view: KeepView;
}

/** Manages the open snippet and the list of snippets for the page and its dialogs. */
export class Keep {
  readonly open: OpenSnippet;
  readonly library: SnippetLibrary;
  readonly #parts: KeepParts;
  /** The storage did not answer. */
  #silent = false;

  constructor(parts: KeepParts) {
    this.#parts = parts;
    this.library = parts.library;
    const view: OpenView = Object.assign(Object.create(parts.view) as KeepView, {
      remember: (place: Place) => this.#remember(place),
    });
    this.open = new OpenSnippet(parts.workspace, parts.library, parts.journal, parts.tabs, view);
  }

  /** Opens what a link leads to, or else restores the state of the last visit. `openLink` resolves to whether it did. */
  async start(openLink = (): Promise<boolean> => Promise.resolve(false)): Promise<void> {
    let late = false;
    if (await inTime(this.#restore(() => late, openLink))) return;
    late = true;
    this.#silent = true;
    this.#parts.view.problem('The snippets in this browser cannot be read: its storage does not respond. Reloading the page may help.');
    // A share link needs no storage.
    if (!(await inTime(openLink()))) await this.open.openNew(projectOf(this.#parts.examples.first));
  }

  /** Recovers edits of unloaded pages, then reopens the last snippet. */
  async #restore(late: () => boolean, openLink: () => Promise<boolean>): Promise<true> {
    const { olderDrafts, examples } = this.#parts;
    const older = await olderDrafts.carryOver((name) => examples.find(name)?.title);
    await this.#recover();
    if (!late() && !(await openLink())) await this.goBack(older);
    return true;
  }

  /** Returns to the previously open snippet. */
  async goBack(place = this.#place()): Promise<void> {
    const { examples } = this.#parts;
    const example = place.example === undefined ? undefined : examples.find(place.example);
    if (place.snippet !== undefined && (await this.openSnippet(place.snippet))) return;
    await this.open.openExample(example ?? examples.first);
  }

  /** False where it cannot be opened. */
  async openSnippet(id: string): Promise<boolean> {
    const read = await this.library.read(id);
    if (read === undefined) return false;
    if (!isDamaged(read) && read.deletedAt !== undefined) return false;
    const example = isDamaged(read) || read.example === undefined ? undefined : this.#parts.examples.find(read.example);
    if (!isDamaged(read) && read.unchanged === true && example !== undefined) {
      await this.open.openExample(example);
      return true;
    }
    return this.open.open(id, example);
  }

  /** Whether everything typed would survive closing the page now. */
  get saved(): boolean {
    return !this.#silent && this.open.leave() && !this.library.failing;
  }

  /** False where there is no such example. */
  async openExample(name: string): Promise<boolean> {
    const example = this.#parts.examples.find(name);
    if (example === undefined) return false;
    await this.open.openExample(example);
    return true;
  }

  async create(project: Project): Promise<void> {
    const { snippets } = await this.library.list();
    const titles = new Set(snippets.map((snippet) => snippet.project.title));
    await this.open.openNew({ ...project, title: freeTitle(project.title, titles) });
  }

  async rename(id: string, title: string): Promise<void> {
    if (id === this.open.opened.id) {
      await this.open.rename(title);
      return;
    }
    const read = await this.library.read(id);
    if (read === undefined || isDamaged(read)) return;
    if (read.example !== undefined) await this.library.makeOwn(id, title);
    else await this.library.rename(id, title);
    this.#parts.tabs.say({ id, revision: read.revision + 1, displaced: false });
  }

  async duplicate(id: string): Promise<void> {
    await this.open.save();
    const read = await this.library.read(id);
    if (read === undefined || isDamaged(read)) return;
    await this.library.save(newId(), { base: 0, project: { ...read.project, title: `Copy of ${read.project.title}` } });
  }

  async delete({ id, project: { title } }: Snippet): Promise<void> {
    await this.open.save();
    const wasOpen = id === this.open.opened.id;
    await this.library.delete(id);
    if (wasOpen) await this.#openAnother();
    this.#parts.view.note(`“${title}” is deleted.`, {
      label: 'Undo',
      apply: () => void this.library.undelete(id).then(() => (wasOpen ? this.openSnippet(id) : undefined)),
    });
  }

  /** As it is now; undefined where it cannot be read. */
  async projectOf(id: string): Promise<Project | undefined> {
    if (id === this.open.opened.id) return this.open.project;
    const read = await this.library.read(id);
    return read === undefined || isDamaged(read) ? undefined : read.project;
  }

  async restore(version: Version): Promise<void> {
    if (version.snippet !== this.open.opened.id) await this.openSnippet(version.snippet);
    if (version.snippet === this.open.opened.id) await this.open.restore(version);
  }

  async #openAnother(): Promise<void> {
    const [newest] = (await this.library.list()).snippets;
    if (newest === undefined || !(await this.openSnippet(newest.id))) await this.open.openExample(this.#parts.examples.first);
  }

  async #recover(): Promise<void> {
    const { journal, view } = this.#parts;
    for (const entry of journal.entries()) {
      if (entry.edit !== undefined) {
        const { id, at, ...edit } = entry.edit;
        if (await this.library.recover(id, edit, at)) journal.remove(entry);
        continue;
      }
      if (await this.library.keepDamaged(entry.raw)) journal.remove(entry);
      view.problem('The last typed text is damaged and cannot be shown. The stored data stays in Snippets.', {
        label: 'Download it',
        apply: () => view.downloadText(entry.raw),
      });
    }
  }

  #remember(place: Place): void {
    const { tab, all } = this.#parts.memories;
    const text = JSON.stringify(place);
    tab.set(placeKey, text);
    all.set(placeKey, text);
  }

  #place(): Place {
    const { tab, all } = this.#parts.memories;
    return readPlace(parsed(tab.get(placeKey) ?? all.get(placeKey) ?? '{}'));
  }
}

/** False where it takes too long as well. */
async function inTime(action: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const done = await Promise.race([action, patience]);
  clearTimeout(timer);
  return done;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function freeTitle(title: string, taken: ReadonlySet<string>): string {
  let free = title;
  for (let number = 2; taken.has(free); number += 1) free = `${title} ${number}`;
  return free;
}
