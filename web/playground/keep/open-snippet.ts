import type { Example } from '../gallery/examples.js';
import type { Project, Workspace } from '../../project/project.js';
import type { Journal } from './journal.js';
import type { SnippetLibrary } from './library.js';
import type { Remedy } from '../page/problems.js';
import { newProject } from '../../project/read-project.js';
import { isDamaged } from './read-stored.js';
import { sameContent, sameProject } from './same-project.js';
import type { Edit } from './saving.js';
import { idOfDraft, newId, type Damaged, type Version } from './snippet.js';
import type { Tabs } from './tabs.js';

/** At least this long lies between two saves while someone types; a large text that takes long to save waits longer. */
const saveEveryMs = 250;
const restPerSave = 4;

/** What is open, as the page shows it. */
export interface Opened {
  id: string;
  title: string;
  /** The example that it is, or that it is an edited copy of. */
  example: Example | undefined;
  /** Whether it differs from its example. */
  edited: boolean;
  /** Whether it is among the kept snippets. */
  kept: boolean;
}

export interface OpenView {
  /** Something else is open, or it is called otherwise. */
  show(opened: Opened): void;
  note(message: string, remedy?: Remedy): void;
  problem(message: string, remedy?: Remedy): void;
  showHistory(): void;
  download(damaged: Damaged): void;
  /** Where the visitor is, for when the page is opened again. */
  remember(place: Place): void;
}

export interface Place {
  snippet?: string;
  example?: string;
}

interface Open {
  id: string;
  revision: number;
  example: Example | undefined;
  /** As it was opened or saved last. */
  saved: Project;
  kept: boolean;
  /** What could not be stored is only in this page. */
  durable: boolean;
}

/** The snippet in the workspace: what is typed into it is saved, whatever comes. */
export class OpenSnippet {
  readonly #workspace: Workspace;
  readonly #library: SnippetLibrary;
  readonly #journal: Journal;
  readonly #tabs: Tabs;
  readonly #view: OpenView;
  readonly #now: () => number;
  #open: Open = { id: newId(), revision: 0, example: undefined, saved: newProject('', ''), kept: false, durable: true };
  #dirty = false;
  /** Saves under way. */
  #writing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restMs = saveEveryMs;
  #saving: Promise<void> = Promise.resolve();
  /** The newest opening wins. */
  #opening = 0;

  constructor(
    workspace: Workspace,
    library: SnippetLibrary,
    journal: Journal,
    tabs: Tabs,
    view: OpenView,
    now = () => Date.now(),
  ) {
    this.#workspace = workspace;
    this.#library = library;
    this.#journal = journal;
    this.#tabs = tabs;
    this.#view = view;
    this.#now = now;
    workspace.onChange(() => this.#changed());
    tabs.onSaved(({ id, revision, displaced }) => {
      if (id === this.#open.id && revision > this.#open.revision) void this.refresh(displaced);
    });
  }

  get opened(): Opened {
    const { id, example, kept } = this.#open;
    const { project } = this.#workspace;
    return {
      id,
      title: project.title,
      example,
      edited: example !== undefined && !sameContent(project, projectOf(example)),
      kept,
    };
  }

  get project(): Project {
    return this.#workspace.project;
  }

  /** False where there is none of that id, or it is damaged. */
  async open(id: string, example?: Example): Promise<boolean> {
    const opening = ++this.#opening;
    await this.save();
    const read = await this.#library.read(id);
    if (opening !== this.#opening) return true;
    if (read === undefined) return false;
    if (isDamaged(read)) {
      await this.#library.setAside(read);
      this.#view.problem(
        `A snippet is damaged and cannot be opened: ${read.reason}. What is stored of it stays in Snippets.`,
        { label: 'Download it', apply: () => this.#view.download(read) },
      );
      return false;
    }
    this.#show(
      { id, revision: read.revision, example, saved: read.project, kept: true, durable: true },
      example === undefined ? { snippet: id } : { snippet: id, example: example.name },
    );
    return true;
  }

  /** What someone made of it, if anyone did. */
  async openExample(example: Example): Promise<void> {
    const opening = ++this.#opening;
    await this.save();
    const id = idOfDraft(example.name);
    const read = await this.#library.read(id);
    if (opening !== this.#opening) return;
    if (read !== undefined && (isDamaged(read) || read.unchanged !== true && read.deletedAt === undefined)) {
      if (await this.open(id, example)) return;
    }
    this.#show(
      {
        id,
        revision: read === undefined || isDamaged(read) ? 0 : read.revision,
        example,
        saved: projectOf(example),
        kept: false,
        durable: true,
      },
      { example: example.name },
    );
  }

  /** Something new, kept from the first edit on; `keep` keeps it at once. */
  async openNew(project: Project, { keep = false } = {}): Promise<void> {
    this.#opening += 1;
    await this.save();
    this.#show({ id: newId(), revision: 0, example: undefined, saved: project, kept: false, durable: true }, undefined);
    if (keep) await this.keep();
  }

  /** Saves it among the snippets as it is. */
  async keep(): Promise<void> {
    this.#dirty = true;
    await this.save();
  }

  async rename(title: string): Promise<void> {
    const { example } = this.#open;
    const project = { ...this.#workspace.project, title };
    // What has a name of its own is no draft of an example any more.
    if (example !== undefined) await this.#becomeOwn(title);
    await this.#replace(project);
  }

  /** The example again, as it was. */
  async reset(): Promise<void> {
    const { example } = this.#open;
    if (example === undefined) return;
    await this.save();
    await this.#library.checkpoint(this.#open.id, 'restored');
    await this.#replace(projectOf(example));
  }

  /** What it is now becomes a version too. */
  async restore(version: Version): Promise<void> {
    await this.save();
    await this.#library.checkpoint(this.#open.id, 'restored');
    await this.#replace(version.project);
  }

  /** A version that can be gone back to. */
  async checkpoint(): Promise<void> {
    await this.save();
    if (this.#open.kept && this.#open.durable) await this.#library.checkpoint(this.#open.id, 'run');
  }

  /** Resolves when all that was typed so far is saved, or is said not to be. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#dirty) {
      this.#dirty = false;
      const open = this.#open;
      const project = this.#workspace.project;
      if (open.kept || !sameProject(project, open.saved) || open.example === undefined) {
        this.#writing += 1;
        this.#saving = this.#saving.then(() => this.#write(open, project));
      }
    }
    return this.#saving;
  }

  /** The page may go away at any moment from now on. Gives whether all that was typed would be there again. */
  leave(): boolean {
    let safe = true;
    if (this.#dirty || this.#writing > 0 || !this.#open.durable) {
      safe = this.#journal.write({ id: this.#open.id, at: this.#now(), ...this.#edit(this.#open, this.#workspace.project) });
    }
    for (const { id, revision, project, example } of this.#library.held()) {
      if (id === this.#open.id) continue;
      const edit = { id, at: this.#now(), base: revision, project, ...(example !== undefined && { example }) };
      safe = this.#journal.write(edit) && safe;
    }
    void this.save();
    return safe;
  }

  /** Another tab may have saved it meanwhile. */
  async refresh(displaced = false): Promise<void> {
    await this.save();
    const open = this.#open;
    const read = await this.#library.read(open.id);
    if (open !== this.#open || this.#dirty || read === undefined || isDamaged(read)) return;
    if (read.revision <= open.revision || read.deletedAt !== undefined) return;
    open.revision = read.revision;
    if (sameProject(read.project, this.#workspace.project)) return;
    open.saved = read.project;
    open.kept = true;
    this.#workspace.open(read.project);
    this.#view.show(this.opened);
    if (displaced) {
      this.#view.note('Another tab saved this snippet too, later than this one. What was here is in its history.', {
        label: 'History',
        apply: () => this.#view.showHistory(),
      });
    } else {
      this.#view.note('Brought up to date with another tab.');
    }
  }

  #changed(): void {
    this.#dirty = true;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.save(), this.#restMs);
    this.#view.show(this.opened);
  }

  async #write(open: Open, project: Project): Promise<void> {
    const started = performance.now();
    const { snippet, durable, displaced } = await this.#library.save(open.id, this.#edit(open, project));
    const wasKept = open.kept;
    this.#writing -= 1;
    Object.assign(open, { revision: snippet.revision, saved: project, kept: true, durable });
    this.#restMs = Math.max(saveEveryMs, (performance.now() - started) * restPerSave);
    if (durable) {
      // What is typed meanwhile is written there anew.
      if (!(open === this.#open && this.#dirty)) this.#journal.clear(open.id);
      this.#tabs.say({ id: open.id, revision: snippet.revision, displaced });
    }
    if (open !== this.#open) return;
    if (!wasKept) this.#remember();
    this.#view.show(this.opened);
    if (displaced) {
      this.#view.note('Another tab had saved this snippet too. What you see here is saved; the other text is in its history.', {
        label: 'History',
        apply: () => this.#view.showHistory(),
      });
    }
  }

  #edit({ revision, example }: Open, project: Project): Edit {
    return {
      base: revision,
      project,
      ...(example !== undefined && {
        example: example.name,
        unchanged: sameProject(project, projectOf(example)),
      }),
    };
  }

  async #replace(project: Project): Promise<void> {
    this.#workspace.replace(project);
    this.#dirty = true;
    await this.save();
    this.#view.show(this.opened);
  }

  async #becomeOwn(title: string): Promise<void> {
    await this.save();
    const open = this.#open;
    const id = (open.kept ? await this.#library.makeOwn(open.id, title) : undefined) ?? newId();
    const revision = open.kept && id !== open.id ? open.revision + 1 : 0;
    Object.assign(open, { id, revision, example: undefined, kept: true });
    this.#remember();
  }

  #show(open: Open, place: Place | undefined): void {
    // What was typed while the other one was being read.
    if (this.#dirty) void this.save();
    this.#open = open;
    this.#dirty = false;
    this.#workspace.open(open.saved);
    if (place !== undefined) this.#view.remember(place);
    this.#view.show(this.opened);
  }

  #remember(): void {
    const { id, example } = this.#open;
    this.#view.remember(example === undefined ? { snippet: id } : { snippet: id, example: example.name });
  }
}

export function projectOf({ title, source }: Example): Project {
  return newProject(title, source);
}
