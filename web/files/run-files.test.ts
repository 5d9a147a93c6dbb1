import { describe, expect, test } from '@jest/globals';
import type { FileChanges, FileLimits, FileReply, StoredEntry } from '../protocol/files.js';
import type { FileDatabase } from './file-database.js';
import { FileStore } from './file-store.js';
import type { Changed } from './file-view.js';
import type { FilePort, RunFiles } from './run-files.js';

const limits: FileLimits = { bytes: 1000, entries: 100, nameBytes: 255, pathBytes: 1024 };

/** In memory; each write waits until it is let through. */
class Database implements FileDatabase {
  readonly entries = new Map<string, StoredEntry>();
  readonly writes: { paths: string[]; settle: (error?: Error) => void }[] = [];
  broken: Error | undefined;

  readAll(): Promise<StoredEntry[]> {
    if (this.broken !== undefined) return Promise.reject(this.broken);
    return Promise.resolve([...this.entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1)));
  }

  write(changed: Changed): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        for (const [path, entry] of changed) {
          if (entry === undefined) this.entries.delete(path);
          else this.entries.set(path, entry);
        }
        resolve();
      };
      this.writes.push({ paths: [...changed.keys()], settle });
    });
  }
}

class Port implements FilePort {
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  readonly replies: FileReply[] = [];
  closed = false;

  postMessage(reply: FileReply): void {
    this.replies.push(reply);
  }
  close(): void {
    this.closed = true;
  }
  write(number: number, path: string): void {
    const bytes = new TextEncoder().encode(path);
    const changes: FileChanges['changes'] = [{ type: 'write', path, modified: 1, size: bytes.length, at: 0, bytes }];
    this.onmessage?.({ data: { number, changes } } as MessageEvent<FileChanges>);
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function open(database: Database): Promise<{ store: FileStore; files: RunFiles; port: Port }> {
  const store = new FileStore(database, limits);
  const files = await store.open();
  const port = new Port();
  files.connect(port);
  return { store, files, port };
}

describe('the files of a run', () => {
  test('are told stored when the database has them, not before', async () => {
    const database = new Database();
    const { port } = await open(database);
    port.write(1, 'a');
    await settled();
    expect(port.replies).toEqual([]);
    database.writes[0]?.settle();
    await settled();
    expect(port.replies).toEqual([{ type: 'stored', number: 1 }]);
    expect([...database.entries.keys()]).toEqual(['a']);
  });

  test('that change while the database is busy go to it together', async () => {
    const database = new Database();
    const { port } = await open(database);
    for (const [index, path] of ['a', 'b', 'c', 'b'].entries()) port.write(index + 1, path);
    await settled();
    database.writes[0]?.settle();
    await settled();
    database.writes[1]?.settle();
    await settled();
    expect(database.writes.map(({ paths }) => paths)).toEqual([['a'], ['b', 'c']]);
    expect(port.replies.at(-1)).toEqual({ type: 'stored', number: 4 });
  });

  test('that could not be stored are tried again with the next', async () => {
    const database = new Database();
    const { port } = await open(database);
    port.write(1, 'a');
    await settled();
    database.writes[0]?.settle(Object.assign(new Error('full'), { name: 'QuotaExceededError' }));
    await settled();
    expect(port.replies).toEqual([{ type: 'failed', number: 1, reason: 'full', message: 'full' }]);
    port.write(2, 'b');
    await settled();
    expect(database.writes[1]?.paths).toEqual(['a', 'b']);
    database.writes[1]?.settle();
    await settled();
    expect(port.replies.at(-1)).toEqual({ type: 'stored', number: 2 });
  });

  test('that were heard of are stored although the run is over', async () => {
    const database = new Database();
    const { store, files, port } = await open(database);
    port.write(1, 'a');
    files.close();
    expect(port.closed).toBe(true);
    expect(port.onmessage).toBeNull();
    const next = store.open();
    await settled();
    database.writes[0]?.settle();
    expect((await next).area.entries.map(({ path }) => path)).toEqual(['a']);
  });

  test('are not written over when they could not be read', async () => {
    const database = new Database();
    database.broken = new Error('broken');
    const { files, port } = await open(database);
    expect(files.area.entries).toEqual([]);
    database.broken = undefined;
    port.write(1, 'a');
    await settled();
    expect(database.writes).toEqual([]);
    expect(port.replies).toEqual([
      { type: 'failed', number: 1, reason: 'broken', message: 'this browser does not let the page keep files (broken)' },
    ]);
  });
});

describe('the page', () => {
  test('lists, reads and removes what is kept', async () => {
    const database = new Database();
    const store = new FileStore(database, limits);
    const content = new TextEncoder().encode('text');
    database.entries.set('d', { type: 'directory', path: 'd' });
    database.entries.set('d/a', { type: 'file', path: 'd/a', modified: 5, content });
    database.entries.set('de', { type: 'file', path: 'de', modified: 6, content: new Blob(['blob']) });
    expect(await store.list()).toEqual([
      { path: 'd/a', bytes: 4, modified: 5 },
      { path: 'de', bytes: 4, modified: 6 },
    ]);
    expect(await (await store.read('d/a'))?.text()).toBe('text');
    expect(await store.read('missing')).toBeUndefined();
    const removing = store.remove('d');
    await settled();
    database.writes[0]?.settle();
    await removing;
    expect([...database.entries.keys()]).toEqual(['de']);
  });
});
