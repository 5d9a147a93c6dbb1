import { describe, expect, test } from '@jest/globals';
import { SessionStore, type KeyValueStorage } from './session-store.js';

function memory(): KeyValueStorage & { full: boolean } {
  const items = new Map<string, string>();
  return {
    full: false,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (this.full) throw new Error('quota exceeded');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
  };
}

const noProblem = (message: string): never => {
  throw new Error(`unexpected problem: ${message}`);
};

describe('what people typed', () => {
  test('is there on the next visit', () => {
    const storage = memory();
    const first = new SessionStore(() => storage, noProblem);
    first.saveDraft('gather', 'int main() {}');
    first.current = 'gather';
    const second = new SessionStore(() => storage, noProblem);
    expect(second.current).toBe('gather');
    expect(second.draft('gather')).toBe('int main() {}');
    expect(second.draft('sleep')).toBeUndefined();
  });

  test('an empty text is kept as such', () => {
    const storage = memory();
    new SessionStore(() => storage, noProblem).saveDraft('gather', '');
    expect(new SessionStore(() => storage, noProblem).draft('gather')).toBe('');
  });

  test('is forgotten on demand', () => {
    const storage = memory();
    const store = new SessionStore(() => storage, noProblem);
    store.saveDraft('gather', 'x');
    store.forgetDraft('gather');
    expect(store.draft('gather')).toBeUndefined();
  });

  test('stays for the visit when the storage is full, and the problem is reported once', () => {
    const storage = memory();
    const problems: string[] = [];
    const store = new SessionStore(
      () => storage,
      (message) => problems.push(message),
    );
    store.saveDraft('gather', 'old');
    storage.full = true;
    store.saveDraft('gather', 'new');
    store.saveDraft('gather', 'newer');
    expect(store.draft('gather')).toBe('newer');
    expect(problems).toEqual([expect.stringContaining('quota exceeded')]);
  });

  test('is saved again when the storage has room again', () => {
    const storage = memory();
    const problems: string[] = [];
    const store = new SessionStore(
      () => storage,
      (message) => problems.push(message),
    );
    storage.full = true;
    store.saveDraft('gather', 'one');
    storage.full = false;
    store.saveDraft('gather', 'two');
    expect(new SessionStore(() => storage, noProblem).draft('gather')).toBe('two');
    expect(problems.length).toBe(1);
  });

  test('a storage that is forbidden does not break the page', () => {
    const problems: string[] = [];
    const store = new SessionStore(
      () => {
        throw new Error('access denied');
      },
      (message) => problems.push(message),
    );
    expect(store.current).toBeUndefined();
    store.saveDraft('gather', 'kept');
    expect(store.draft('gather')).toBe('kept');
    expect(problems.length).toBe(1);
  });
});
