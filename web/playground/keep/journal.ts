import { NoProject, readProject } from '../../project/read-project.js';
import type { Edit } from './saving.js';
import type { VisitMemory } from './visit-memory.js';

const prefix = 'asyncio-playground:unsaved:';

export interface UnsavedEdit extends Edit {
  id: string;
  at: number;
}

export interface Entry {
  key: string;
  /** Undefined if the stored edit cannot be read. */
  edit: UnsavedEdit | undefined;
  raw: string;
}

/**
 * The last edit before the page was unloaded. At that time localStorage can still be written synchronously, while
 * IndexedDB may no longer answer; the next visit recovers it.
 */
export class Journal {
  readonly #memory: VisitMemory;
  readonly #page: string;

  /** Each page has a unique name, so that two tabs do not overwrite each other. */
  constructor(memory: VisitMemory, page: string) {
    this.#memory = memory;
    this.#page = page;
  }

  /** Returns whether it was written. */
  write(edit: UnsavedEdit): boolean {
    return this.#memory.set(this.#key(edit.id), JSON.stringify(edit));
  }

  clear(id: string): void {
    this.#memory.remove(this.#key(id));
  }

  entries(): Entry[] {
    return this.#memory.keys(prefix).map((key) => {
      const raw = this.#memory.get(key) ?? '';
      return { key, edit: readEntry(raw), raw };
    });
  }

  remove(entry: Entry): void {
    this.#memory.remove(entry.key);
  }

  #key(id: string): string {
    return `${prefix}${this.#page}:${id}`;
  }
}

function readEntry(raw: string): UnsavedEdit | undefined {
  try {
    const { id, at, base, project, example } = JSON.parse(raw) as Record<string, unknown>;
    if (typeof id !== 'string' || typeof at !== 'number' || typeof base !== 'number') return undefined;
    return { id, at, base, project: readProject(project), ...(typeof example === 'string' && { example }) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof NoProject) return undefined;
    throw error;
  }
}
