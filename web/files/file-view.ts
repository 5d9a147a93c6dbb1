import type { FileChange, FileLimits, StoredEntry } from '../protocol/files.js';
import { Content } from './content.js';
import { isInside, isPath } from './paths.js';

type ViewEntry = { type: 'directory' } | { type: 'file'; modified: number; size: number; content: Uint8Array | Blob | Content };

/** The new entry for each path in the store; undefined to remove it. */
export type Changed = Map<string, StoredEntry | undefined>;

/** A change that a genuine worker never requests. */
export class RefusedChange extends Error {}

/** The change would exceed the limits. */
export class NoRoom extends Error {}

/** The file area as one run sees it: its initial state plus the run's changes. */
export class FileView {
  readonly #limits: FileLimits;
  readonly #entries = new Map<string, ViewEntry>();
  readonly #touched = new Set<string>();
  #bytes = 0;

  constructor(entries: StoredEntry[], limits: FileLimits) {
    this.#limits = limits;
    for (const entry of entries) {
      if (entry.type === 'directory') {
        this.#entries.set(entry.path, { type: 'directory' });
        continue;
      }
      const { path, modified, content } = entry;
      const size = sizeOf(content);
      this.#entries.set(path, { type: 'file', modified, size, content });
      this.#bytes += size;
    }
  }

  async apply(change: FileChange): Promise<void> {
    switch (change.type) {
      case 'write':
        await this.#write(change);
        break;
      case 'directory':
        this.#require(change.path);
        this.#makeRoom(change.path);
        this.#set(change.path, { type: 'directory' });
        break;
      case 'remove':
        this.#require(change.path);
        for (const path of this.#all(change.path)) this.#set(path, undefined);
        break;
      case 'rename':
        this.#rename(change.from, change.to);
        break;
      default:
        throw new RefusedChange('unknown kind of change');
    }
  }

  /** Changes not yet stored; they are returned until taken() is called. */
  changed(): Changed {
    const changed: Changed = new Map();
    for (const path of this.#touched) changed.set(path, this.#stored(path));
    return changed;
  }

  /** The store has stored the last result of changed(). */
  taken(): void {
    this.#touched.clear();
  }

  async #write({ path, modified, size, at, bytes }: Extract<FileChange, { type: 'write' }>): Promise<void> {
    this.#require(path);
    if (![modified, size, at].every(Number.isFinite) || at < 0 || !(bytes instanceof Uint8Array) || at + bytes.length > size) {
      throw new RefusedChange(`a change of ${path} is out of range`);
    }
    const old = this.#entries.get(path);
    const oldSize = old?.type === 'file' ? old.size : 0;
    if (this.#bytes - oldSize + size > this.#limits.bytes) throw new NoRoom(`there is not enough space for ${path}`);
    this.#makeRoom(path);
    const content = old?.type === 'file' ? await contentOf(old.content) : Content.empty();
    content.write(size, at, bytes);
    this.#set(path, { type: 'file', modified, size, content });
  }

  #rename(from: string, to: string): void {
    this.#require(from);
    this.#require(to);
    if (!this.#entries.has(from)) throw new RefusedChange(`${from} cannot be renamed: it does not exist`);
    if (isInside(to, from)) throw new RefusedChange(`${from} cannot be moved into itself`);
    if (from === to) return;
    const moved = this.#all(from).map((path) => ({
      path,
      target: to + path.slice(from.length),
      entry: this.#entries.get(path),
    }));
    for (const { target } of moved) this.#require(target);
    for (const path of this.#all(to)) this.#set(path, undefined);
    for (const { path } of moved) this.#set(path, undefined);
    for (const { target, entry } of moved) this.#set(target, entry);
  }

  #set(path: string, entry: ViewEntry | undefined): void {
    const old = this.#entries.get(path);
    if (old?.type === 'file') this.#bytes -= old.size;
    if (entry === undefined) this.#entries.delete(path);
    else this.#entries.set(path, entry);
    if (entry?.type === 'file') this.#bytes += entry.size;
    this.#touched.add(path);
  }

  /** The path, and everything below it. */
  #all(path: string): string[] {
    if (this.#entries.get(path)?.type !== 'directory') return [path];
    return [path, ...[...this.#entries.keys()].filter((other) => isInside(other, path))];
  }

  #require(path: string): void {
    if (!isPath(path, this.#limits)) throw new RefusedChange('the path is not valid');
  }

  #makeRoom(path: string): void {
    if (!this.#entries.has(path) && this.#entries.size >= this.#limits.entries) throw new NoRoom('there are too many files');
  }

  #stored(path: string): StoredEntry | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined) return undefined;
    if (entry.type === 'directory') return { type: 'directory', path };
    const { modified, content } = entry;
    return { type: 'file', path, modified, content: content instanceof Content ? content.stored() : content };
  }
}

function contentOf(content: Uint8Array | Blob | Content): Content | Promise<Content> {
  return content instanceof Content ? content : Content.of(content);
}

export function sizeOf(content: Uint8Array | Blob): number {
  return content instanceof Blob ? content.size : content.length;
}
