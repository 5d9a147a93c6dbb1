import type { FileLimits } from '../protocol/files.js';
import { IndexedFileDatabase, type FileDatabase } from './file-database.js';
import { sizeOf } from './file-view.js';
import { isInside } from './paths.js';
import { RunFiles } from './run-files.js';

export interface KeptFile {
  path: string;
  bytes: number;
  modified: number;
}

const LIMITS: FileLimits = { bytes: 64 * 1024 * 1024, entries: 20_000, nameBytes: 255, pathBytes: 1024 };

/** Files that programs leave in the page, for the programs that come after them. */
export class FileStore {
  readonly #database: FileDatabase;
  readonly #limits: FileLimits;
  #latest: RunFiles | undefined;

  constructor(database: FileDatabase, limits: FileLimits) {
    this.#database = database;
    this.#limits = limits;
  }

  /** What a run finds. Never rejects: where nothing can be kept, the run is told when it wants to. */
  async open(): Promise<RunFiles> {
    await this.#idle();
    let database = this.#database;
    const entries = await database.readAll().catch((error: unknown) => {
      database = new BrokenDatabase(error);
      return [];
    });
    this.#latest = new RunFiles(entries, this.#limits, database);
    return this.#latest;
  }

  /** In alphabetical order. */
  async list(): Promise<KeptFile[]> {
    await this.#idle();
    const entries = await this.#database.readAll();
    return entries
      .flatMap((entry) => (entry.type === 'file' ? [entry] : []))
      .map(({ path, content, modified }) => ({ path, bytes: sizeOf(content), modified }));
  }

  async read(path: string): Promise<Blob | undefined> {
    await this.#idle();
    const found = (await this.#database.readAll()).find((entry) => entry.path === path);
    return found?.type === 'file' ? new Blob([found.content as BlobPart]) : undefined;
  }

  /** A file, or a directory with all in it; without a path everything. */
  async remove(path?: string): Promise<void> {
    await this.#idle();
    const entries = await this.#database.readAll();
    const removed = entries.filter((entry) => path === undefined || entry.path === path || isInside(entry.path, path));
    await this.#database.write(new Map(removed.map((entry) => [entry.path, undefined])));
  }

  /** What runs wrote is stored. */
  async #idle(): Promise<void> {
    await this.#latest?.idle();
  }
}

/** The area of this name in the page's own storage. Programs of different areas see nothing of each other. */
export function createFileStore(area: string): FileStore {
  return new FileStore(new IndexedFileDatabase(area), LIMITS);
}

/** What could not be read must not be written over. */
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
    const reason = this.#error instanceof Error ? this.#error.message : String(this.#error);
    return Promise.reject(new Error(`this browser does not let the page keep files (${reason})`));
  }
}
