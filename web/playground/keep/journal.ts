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
  /** Undefined where what was written cannot be read. */
  edit: UnsavedEdit | undefined;
  raw: string;
}

/**
 * What was typed last before the page went away. A page that goes can write to localStorage at once, while
 * IndexedDB may not answer any more; the next visit carries it over.
 */
export class Journal {
  readonly #memory: VisitMemory;
  readonly #page: string;

  /** Each page has a name of its own: two tabs do not write over each other. */
  constructor(memory: VisitMemory, page: string) {
    this.#memory = memory;
    this.#page = page;
  }

  /** Whether it is written. */
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
