import type { Example } from '../gallery/examples.js';
import type { Project, Workspace } from '../../project/project.js';
import type { Journal } from './journal.js';
import type { SnippetLibrary } from './library.js';
import type { Remedy } from '../page/toast.js';
import type { Place } from './place.js';
import { newProject } from '../../project/read-project.js';
import { isDamaged } from './read-stored.js';
import { sameContent, sameProject } from './same-project.js';
import type { Edit } from './saving.js';
import { idOfDraft, newId, type Damaged, type Version } from './snippet.js';
import type { Tabs } from './tabs.js';

/** Minimum interval between saves while the user types; longer for a large text that is slow to save. */
const saveEveryMs = 250;
const restPerSave = 4;

/** The open snippet, as the page shows it. */
export interface Opened {
  id: string;
  title: string;
  /** The example shown, or the one it is an edited copy of. */
  example: Example | undefined;
  /** Whether it differs from its example. */
  edited: boolean;
  /** Whether it is in the list of stored snippets. */
  kept: boolean;
}

export interface OpenView {
  /** Something else was opened, or it was renamed. */
  show(opened: Opened): void;
  note(message: string, remedy?: Remedy): void;
  problem(message: string, remedy?: Remedy): void;
  showHistory(): void;
  download(damaged: Damaged): void;
  /** Remembers what to open on the next visit. */
  remember(place: Place): void;
  /** Something was opened: this leads to it. */
  opened(place: Place): void;
  /** Something else leads to it from now on. */
  moved(place: Place): void;
}

interface Open {
  id: string;
  revision: number;
  example: Example | undefined;
  /** As last opened or saved. */
  saved: Project;
  kept: boolean;
  /** Unsaved edits exist only in this page. */
  durable: boolean;
}

/** The snippet in the workspace: saves all edits. */
export class OpenSnippet {
  readonly #workspace: Workspace;
  readonly #library: SnippetLibrary;
  readonly #journal: Journal;
  readonly #tabs: Tabs;
  readonly #view: OpenView;
  readonly #now: () => number;
  #open: Open = { id: newId(), revision: 0, example: undefined, saved: newProject('', ''), kept: false, durable: true };
  #dirty = false;
  /** Saves in progress. */
  #writing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restMs = saveEveryMs;
  #saving: Promise<void> = Promise.resolve();
  /** Only the newest open request takes effect. */
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

  /** Returns false if the id does not exist, or its snippet is damaged. */
  async open(id: string, example?: Example): Promise<boolean> {
    const opening = ++this.#opening;
    await this.save();
    const read = await this.#library.read(id);
    if (opening !== this.#opening) return true;
    if (read === undefined) return false;
    if (isDamaged(read)) {
      await this.#library.setAside(read);
      this.#view.problem(
        `A snippet is damaged and cannot be opened: ${read.reason}. The stored data stays in Snippets.`,
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

  /** Opens the user's edited copy, if there is one. */
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

  /**
   * Opens a new project, stored from the first edit on, or immediately with `keep`. `code` is that of the share link
   * it is from.
   */
  async openNew(project: Project, { keep = false, code }: { keep?: boolean; code?: string } = {}): Promise<void> {
    this.#opening += 1;
    await this.save();
    const id = newId();
    this.#show(
      { id, revision: 0, example: undefined, saved: project, kept: false, durable: true },
      code === undefined ? { snippet: id } : { snippet: id, code },
      false,
    );
    if (keep) await this.keep();
  }

  /** Adds it to the stored snippets in its current state. */
  async keep(): Promise<void> {
    this.#dirty = true;
    await this.save();
  }

  async rename(title: string): Promise<void> {
    const { example } = this.#open;
    const project = { ...this.#workspace.project, title };
    // A renamed snippet is no longer an example's draft.
    if (example !== undefined) await this.#becomeOwn(title);
    await this.#replace(project);
  }

  /** Restores the original example. */
  async reset(): Promise<void> {
    const { example } = this.#open;
    if (example === undefined) return;
    await this.save();
    await this.#library.checkpoint(this.#open.id, 'restored');
    await this.#replace(projectOf(example));
  }

  /** The current state becomes a version too. */
  async restore(version: Version): Promise<void> {
    await this.save();
    await this.#library.checkpoint(this.#open.id, 'restored');
    await this.#replace(version.project);
  }

  /** Adds a version that can be restored. */
  async checkpoint(): Promise<void> {
    await this.save();
    if (this.#open.kept && this.#open.durable) await this.#library.checkpoint(this.#open.id, 'run');
  }

  /** Resolves when all edits so far are saved, or reported as unsaved. */
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

  /** The page may be unloaded at any time from now on. Returns whether all edits would survive. */
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
      this.#view.note('Another tab saved this snippet later than this tab. The text of this tab is in its history.', {
        label: 'History',
        apply: () => this.#view.showHistory(),
      });
    } else {
      this.#view.note('Updated to the text of another tab.');
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
      // Newer edits are written there again.
      if (!(open === this.#open && this.#dirty)) this.#journal.clear(open.id);
      this.#tabs.say({ id: open.id, revision: snippet.revision, displaced });
    }
    if (open !== this.#open) return;
    if (!wasKept) this.#remember();
    this.#view.show(this.opened);
    if (displaced) {
      this.#view.note('Another tab had also saved this snippet. The text shown here is saved; the other text is in its history.', {
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

  #show(open: Open, place: Place, remembered = true): void {
    // Edits made while the other one was being read.
    if (this.#dirty) void this.save();
    this.#open = open;
    this.#dirty = false;
    this.#workspace.open(open.saved);
    if (remembered) this.#view.remember(place);
    this.#view.opened(place);
    this.#view.show(this.opened);
  }

  #remember(): void {
    const { id, example } = this.#open;
    const place: Place = example === undefined ? { snippet: id } : { snippet: id, example: example.name };
    this.#view.remember(place);
    this.#view.moved(place);
  }
}

export function projectOf({ title, source }: Example): Project {
  return newProject(title, source);
}
