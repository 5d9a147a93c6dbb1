import { reasonOf } from '../../protocol/error-message.js';
import { versionsToDrop } from './history.js';
import { isDamaged, readSnippet, readVersion } from './read-stored.js';
import { recovering, saving, type Edit } from './saving.js';
import { newId, type Damaged, type Reason, type Snippet, type Version } from './snippet.js';
import type { SnippetDatabase } from './snippet-database.js';

export interface Listing {
  /** Most recently changed first. */
  snippets: Snippet[];
  /** In the bin. */
  deleted: Snippet[];
  damaged: Damaged[];
}

export interface Saved {
  snippet: Snippet;
  /** Whether it is in the storage, not just in memory. */
  durable: boolean;
  /** Another tab's text was replaced; it is in the history now. */
  displaced: boolean;
}

const binDays = 30;

/**
 * The snippets of this browser. If the storage fails, unsaved snippets are held in memory while the page is open, and the
 * failure is reported once.
 */
export class SnippetLibrary {
  readonly #database: SnippetDatabase;
  readonly #onProblem: (message: string) => void;
  readonly #now: () => number;
  readonly #held = new Map<string, Snippet>();
  /** The last storage operation failed. */
  #failing = false;

  constructor(database: SnippetDatabase, onProblem: (message: string) => void, now = () => Date.now()) {
    this.#database = database;
    this.#onProblem = onProblem;
    this.#now = now;
  }

  async list(): Promise<Listing> {
    const stored = await this.#attempt(() => this.#database.all(), new Map<string, unknown>());
    const all = new Map<string, Snippet | Damaged>();
    for (const [id, raw] of stored) all.set(id, readSnippet(id, raw));
    for (const [id, snippet] of this.#held) all.set(id, snippet);
    const damaged = [...all.values()].filter(isDamaged);
    const readable = [...all.values()]
      .flatMap((one) => (isDamaged(one) ? [] : [one]))
      .filter(({ unchanged }) => unchanged !== true)
      .sort((a, b) => b.changedAt - a.changedAt);
    return {
      snippets: readable.filter(({ deletedAt }) => deletedAt === undefined),
      deleted: readable.filter(({ deletedAt }) => deletedAt !== undefined),
      damaged,
    };
  }

  async read(id: string): Promise<Snippet | Damaged | undefined> {
    const held = this.#held.get(id);
    if (held !== undefined) return held;
    const raw = await this.#attempt(() => this.#database.read(id), undefined);
    return raw === undefined ? undefined : readSnippet(id, raw);
  }

  /** Never rejects. */
  async save(id: string, edit: Edit): Promise<Saved> {
    const base = this.#held.get(id);
    const done: { saving?: ReturnType<typeof saving> } = {};
    const durable = await this.#attempt(async () => {
      await this.#database.update(id, (found) => {
        done.saving = saving(id, found, edit, this.#now());
        return done.saving;
      });
      return true;
    }, false);
    if (durable && done.saving !== undefined) {
      this.#held.delete(id);
      this.#failing = false;
      if (done.saving.add.length > 0) void this.#thin(id);
      return { snippet: done.saving.snippet, durable, displaced: done.saving.displaced };
    }
    const { snippet } = saving(id, { snippet: base, times: [this.#now()] }, edit, this.#now());
    // The revision known to the storage, for saving once it has room again.
    const held = { ...snippet, revision: edit.base };
    this.#held.set(id, held);
    return { snippet: held, durable: false, displaced: false };
  }

  /** Recovers an edit of an unloaded page. Resolves to whether it is in the storage now. */
  recover(id: string, edit: Edit, at: number): Promise<boolean> {
    return this.#attempt(async () => {
      const raw = await this.#database.read(id);
      const stored = raw === undefined ? undefined : readSnippet(id, raw);
      if (stored !== undefined && isDamaged(stored)) await this.setAside(stored);
      await this.#database.update(id, (found) => recovering(id, found, edit, at));
      return true;
    }, false);
  }

  /** Edits are not reliably saved. */
  get failing(): boolean {
    return this.#failing;
  }

  /** Snippets that could not be stored. */
  held(): Iterable<Snippet> {
    return this.#held.values();
  }

  /** Turns an example's draft into a separate snippet, with its history. Returns its new id. */
  async makeOwn(id: string, title: string): Promise<string | undefined> {
    const own = newId();
    const held = this.#held.get(id);
    if (held !== undefined) {
      this.#held.set(own, { ...without(held, 'example'), id: own, revision: 0, project: { ...held.project, title } });
      this.#held.delete(id);
      return own;
    }
    const moved = await this.#attempt(
      () =>
        this.#database.move(id, own, (raw) => {
          const read = readSnippet(own, raw);
          if (isDamaged(read)) throw new Error(`the stored snippet is damaged: ${read.reason}`);
          return { ...without(read, 'example'), revision: read.revision + 1, project: { ...read.project, title } };
        }),
      false,
    );
    return moved ? own : undefined;
  }

  /** Adds the saved state to the history as a version. */
  async checkpoint(id: string, reason: Reason): Promise<void> {
    await this.#change(id, (snippet) => ({
      add: [{ snippet: id, at: snippet.changedAt, reason, project: snippet.project }],
    }));
    void this.#thin(id);
  }

  /** The newest first. */
  async versions(id: string): Promise<Version[]> {
    const raw = await this.#attempt(() => this.#database.versions(id), []);
    return raw
      .map(readVersion)
      .filter((version) => version !== undefined)
      .sort((a, b) => b.at - a.at);
  }

  rename(id: string, title: string): Promise<void> {
    return this.#change(id, (snippet) => ({
      snippet: { ...snippet, project: { ...snippet.project, title }, revision: snippet.revision + 1 },
    }));
  }

  async delete(id: string): Promise<void> {
    await this.#change(id, (snippet) => ({ snippet: { ...snippet, deletedAt: this.#now() } }));
  }

  async undelete(id: string): Promise<void> {
    await this.#change(id, (snippet) => ({ snippet: without(snippet, 'deletedAt') }));
  }

  /** Deletes it with its history, permanently. */
  async purge(id: string): Promise<void> {
    this.#held.delete(id);
    await this.#attempt(() => this.#database.update(id, () => ({ snippet: null })), undefined);
  }

  /** Moves unreadable data aside, so that saving under its id does not overwrite it. */
  async setAside({ id }: Damaged): Promise<void> {
    await this.#attempt(() => this.#database.setAside(id, `damaged:${newId()}`), undefined);
  }

  /** Returns whether it is in the storage. */
  keepDamaged(raw: unknown): Promise<boolean> {
    return this.#attempt(async () => {
      await this.#database.putDamaged(`damaged:${newId()}`, raw);
      return true;
    }, false);
  }

  /** Deletes old entries from the bin. */
  async clean(): Promise<void> {
    const { deleted } = await this.list();
    const before = this.#now() - binDays * 24 * 3_600_000;
    for (const { id, deletedAt = Infinity } of deleted) {
      if (deletedAt < before) await this.purge(id);
    }
  }

  async #change(id: string, change: (snippet: Snippet) => { snippet?: Snippet; add?: Version[] }): Promise<void> {
    const held = this.#held.get(id);
    if (held !== undefined) {
      this.#held.set(id, change(held).snippet ?? held);
      return;
    }
    await this.#attempt(
      () =>
        this.#database.update(id, ({ snippet: raw }) => {
          const snippet = raw === undefined ? undefined : readSnippet(id, raw);
          return snippet === undefined || isDamaged(snippet) ? {} : change(snippet);
        }),
      undefined,
    );
  }

  async #thin(id: string): Promise<void> {
    const drop = versionsToDrop(await this.versions(id), this.#now());
    if (drop.length > 0) await this.#attempt(() => this.#database.dropVersions(id, drop), undefined);
  }

  async #attempt<T>(action: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (!this.#failing) {
        this.#failing = true;
        this.#onProblem(
          `Your text cannot be saved in this browser (${whyNot(error)}). It stays here until you close or reload the page: copy it or save it as a file to keep it.`,
        );
      }
      return otherwise;
    }
  }
}

function without(snippet: Snippet, member: 'example' | 'deletedAt'): Snippet {
  const rest = { ...snippet };
  delete rest[member];
  return rest;
}

function whyNot(error: unknown): string {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'there is no space left' : reasonOf(error);
}
