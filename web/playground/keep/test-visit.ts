import type { Example } from '../gallery/examples.js';
import type { Project, Workspace } from '../../project/project.js';
import { Journal } from './journal.js';
import { Keep } from './keep.js';
import { SnippetLibrary } from './library.js';
import { OlderDrafts } from './older-drafts.js';
import type { Opened } from './open-snippet.js';
import type { Place } from './place.js';
import { newProject } from '../../project/read-project.js';
import { SnippetDatabase } from './snippet-database.js';
import type { SavedElsewhere, Tabs } from './tabs.js';
import { TestStorage } from './test-storage.js';
import { VisitMemory } from './visit-memory.js';

export const examples: Example[] = [
  { name: '01-hello', title: 'Hello', source: 'hello' },
  { name: '02-gather', title: 'Gather', source: 'gather' },
];

/** What an editor is, apart from everything one sees. */
export class TestWorkspace implements Workspace {
  project: Project = newProject('', '');
  #listener: () => void = () => undefined;

  get text(): string {
    return this.project.files[0]?.text ?? '';
  }

  type(text: string): void {
    const { files } = this.project;
    this.project = { ...this.project, files: files.map((file, index) => (index === 0 ? { ...file, text } : file)) };
    this.#listener();
  }

  open(project: Project): void {
    this.project = project;
  }

  replace(project: Project): void {
    this.project = project;
    this.#listener();
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }
}

/** The browser that tabs have in common: its storage, and its channel between them. */
export class TestBrowser {
  readonly storage = new TestStorage();
  readonly database = new SnippetDatabase();
  readonly #listeners = new Map<Tabs, (message: SavedElsewhere) => void>();

  tabs(): Tabs {
    const tabs: Tabs = {
      say: (message) => {
        for (const [other, listener] of this.#listeners) if (other !== tabs) listener(message);
      },
      onSaved: (listener) => void this.#listeners.set(tabs, listener),
    };
    return tabs;
  }
}

let pages = 0;
let lastMoment = 0;

/** The time, but no two moments are the same: people do not save twice within a millisecond. */
function now(): number {
  lastMoment = Math.max(Date.now(), lastMoment + 1);
  return lastMoment;
}

/** A tab with the page in it. `start` as the page does. */
export class TestVisit {
  readonly workspace = new TestWorkspace();
  readonly notes: string[] = [];
  readonly problems: string[] = [];
  readonly downloads: string[] = [];
  readonly places: [how: 'opened' | 'moved', place: Place][] = [];
  readonly keep: Keep;
  readonly library: SnippetLibrary;
  shown: Opened | undefined;

  constructor(
    browser: TestBrowser,
    { database = browser.database, tab = new TestStorage() }: { database?: SnippetDatabase; tab?: TestStorage } = {},
  ) {
    const all = new VisitMemory(() => browser.storage);
    this.library = new SnippetLibrary(database, (message) => this.problems.push(message), now);
    this.keep = new Keep({
      workspace: this.workspace,
      library: this.library,
      journal: new Journal(all, `page-${++pages}`),
      olderDrafts: new OlderDrafts(all, this.library),
      tabs: browser.tabs(),
      memories: { tab: new VisitMemory(() => tab), all },
      examples: { first: examples[0] as Example, find: (name) => examples.find((example) => example.name === name) },
      view: {
        show: (opened) => {
          this.shown = opened;
        },
        opened: (place) => this.places.push(['opened', place]),
        moved: (place) => this.places.push(['moved', place]),
        note: (message) => this.notes.push(message),
        problem: (message) => this.problems.push(message),
        showHistory: () => undefined,
        download: ({ raw }) => this.downloads.push(JSON.stringify(raw)),
        downloadText: (text) => this.downloads.push(text),
      },
    });
  }

  async titles(): Promise<string[]> {
    return (await this.library.list()).snippets.map(({ project }) => project.title);
  }
}
