import { reasonOf } from '../protocol/error-message.js';
import type { FileLimits } from '../protocol/files.js';
import { FILE_LIMITS } from './file-limits.js';
import { IndexedFileDatabase, type FileDatabase } from './file-database.js';
import { sizeOf } from './file-view.js';
import { isInside } from './paths.js';
import { RunFiles } from './run-files.js';

export interface KeptFile {
  path: string;
  bytes: number;
  modified: number;
}

const PATIENCE_MS = 2_000;

/** Files that programs store in the page, for later programs. */
export class FileStore {
  readonly #database: FileDatabase;
  readonly #limits: FileLimits;
  readonly #onProblem: (message: string) => void;
  #latest: RunFiles | undefined;
  #failing = false;

  /** `onProblem` is called once if nothing can be stored. */
  constructor(database: FileDatabase, limits: FileLimits, onProblem: (message: string) => void = () => undefined) {
    this.#database = database;
    this.#limits = limits;
    this.#onProblem = onProblem;
  }

  /** The files that a run starts with. Never rejects: if nothing can be stored, the run gets an error when it writes. */
  async open(): Promise<RunFiles> {
    await this.#idle();
    let database = this.#database;
    const entries = await inTime(database.readAll()).then(
      (found) => {
        this.#failing = false;
        return found;
      },
      (error: unknown) => {
        database = new BrokenDatabase(error);
        this.#tell(error);
        return [];
      },
    );
    this.#latest = new RunFiles(entries, this.#limits, database);
    return this.#latest;
  }

  /** In alphabetical order. */
  async list(): Promise<KeptFile[]> {
    await this.#idle();
    const entries = await inTime(this.#database.readAll());
    return entries
      .flatMap((entry) => (entry.type === 'file' ? [entry] : []))
      .map(({ path, content, modified }) => ({ path, bytes: sizeOf(content), modified }));
  }

  async read(path: string): Promise<Blob | undefined> {
    await this.#idle();
    const found = (await this.#database.readAll()).find((entry) => entry.path === path);
    return found?.type === 'file' ? new Blob([found.content as BlobPart]) : undefined;
  }

  /** Removes a file, or a directory with its contents; without a path everything. */
  async remove(path?: string): Promise<void> {
    await this.#idle();
    const entries = await this.#database.readAll();
    const removed = entries.filter((entry) => path === undefined || entry.path === path || isInside(entry.path, path));
    await this.#database.write(new Map(removed.map((entry) => [entry.path, undefined])));
  }

  #tell(error: unknown): void {
    if (this.#failing) return;
    this.#failing = true;
    this.#onProblem(
      `Files that programs write are not kept in this browser (${reasonOf(error)}): each exists only until its program ends.`,
    );
  }

  /** Resolves when everything that runs wrote is stored. */
  async #idle(): Promise<void> {
    await this.#latest?.idle();
  }
}

/** The file area of this name in the page's storage. Programs of different areas cannot see each other's files. */
export function createFileStore(area: string, onProblem?: (message: string) => void): FileStore {
  return new FileStore(new IndexedFileDatabase(area), FILE_LIMITS, onProblem);
}

/** A storage that does not answer must not prevent programs from running. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('its storage does not respond')), PATIENCE_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Unreadable data must not be overwritten. */
class BrokenDatabase implements FileDatabase {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  readAll(): Promise<never> {
    return this.#fail();
  }

  write(): Promise<never> {
    return this.#fail();
  }

  #fail(): Promise<never> {
    return Promise.reject(new Error(`this browser does not let the page keep files (${reasonOf(this.#error)})`));
  }
}
