import { describe, expect, test } from '@jest/globals';
import type { FileChange, FileChanges, FileReply } from '../../../protocol/files.js';
import { FileStorage, type StoragePort } from './file-storage.js';

const change: FileChange = { type: 'directory', path: 'd' };

class Port implements StoragePort {
  onmessage: ((event: MessageEvent<FileReply>) => void) | null = null;
  readonly sent: FileChanges[] = [];

  postMessage(message: FileChanges): void {
    this.sent.push(message);
  }
  answer(reply: FileReply): void {
    this.onmessage?.({ data: reply } as MessageEvent<FileReply>);
  }
}

function connected(): { storage: FileStorage; port: Port } {
  const storage = new FileStorage();
  const port = new Port();
  storage.connect(port);
  return { storage, port };
}

async function state(promise: Promise<void>): Promise<string> {
  const later = new Promise<string>((resolve) => setImmediate(() => resolve('waits')));
  return Promise.race([promise.then(() => 'stored', (error: Error) => `${error.name}: ${error.message}`), later]);
}

describe('storing files', () => {
  test('waits for nothing when nothing was changed', async () => {
    expect(await state(connected().storage.stored())).toBe('stored');
  });

  test('waits for what was sent before, and not for what comes after', async () => {
    const { storage, port } = connected();
    storage.send([change]);
    const first = storage.stored();
    storage.send([change]);
    const second = storage.stored();
    expect(await state(first)).toBe('waits');
    port.answer({ type: 'stored', number: 1 });
    expect([await state(first), await state(second)]).toEqual(['stored', 'waits']);
    port.answer({ type: 'stored', number: 2 });
    expect(await state(second)).toBe('stored');
  });

  test.each([
    ['full', 'StorageFull: no'],
    ['broken', 'StorageError: no'],
  ] as const)('that fails because it is %s says so to all who wait', async (reason, expected) => {
    const { storage, port } = connected();
    storage.send([change]);
    const waiting = [storage.stored(), storage.stored()].map(state);
    port.answer({ type: 'failed', number: 1, reason, message: 'no' });
    expect(await Promise.all(waiting)).toEqual([expected, expected]);
  });

  test('is tried again for who asks after it failed', async () => {
    const { storage, port } = connected();
    storage.send([change]);
    port.answer({ type: 'failed', number: 1, reason: 'full', message: 'no' });
    const again = storage.stored();
    expect(port.sent.at(-1)).toEqual({ number: 2, changes: [] });
    port.answer({ type: 'stored', number: 2 });
    expect(await state(again)).toBe('stored');
  });
});
