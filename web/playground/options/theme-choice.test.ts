import { beforeEach, describe, expect, test } from '@jest/globals';
import { VisitMemory } from '../keep/visit-memory.js';
import { ThemeChoice } from './theme-choice.js';

let kept: Map<string, string>;
let root: { dataset: Record<string, string | undefined> };
let system: { matches: boolean; addEventListener: (type: 'change', listener: () => void) => void; change: (dark: boolean) => void };

beforeEach(() => {
  kept = new Map();
  root = { dataset: {} };
  const listeners: (() => void)[] = [];
  system = {
    matches: false,
    addEventListener: (_type, listener) => listeners.push(listener),
    change(dark) {
      this.matches = dark;
      for (const listener of listeners) listener();
    },
  };
});

function open(store = (): Storage => keptStorage()): ThemeChoice {
  return new ThemeChoice(root as unknown as HTMLElement, system, new VisitMemory(store));
}

function keptStorage(): Storage {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

describe('the theme', () => {
  test('is the system’s until someone chooses', () => {
    const theme = open();
    const seen: boolean[] = [];
    theme.addEventListener('change', () => seen.push(theme.matches));
    system.change(true);
    system.change(false);
    expect(seen).toEqual([true, false]);
    expect(root.dataset).toEqual({});
  });

  test('once chosen stays, whatever the system does', () => {
    const theme = open();
    let changes = 0;
    theme.addEventListener('change', () => (changes += 1));
    theme.choose('dark');
    system.change(true);
    system.change(false);
    expect(theme.matches).toBe(true);
    expect(changes).toBe(1);
    expect(root.dataset).toEqual({ theme: 'dark' });
  });

  test('is kept for the next visit, and can be the system’s again', () => {
    open().choose('dark');
    root.dataset = {};
    const next = open();
    expect(next.choice).toBe('dark');
    expect(root.dataset).toEqual({ theme: 'dark' });
    next.choose('system');
    expect(kept.size).toBe(0);
    expect(root.dataset).toEqual({});
  });

  test('follows another page that is open', () => {
    const theme = open();
    kept.set('asyncio:theme', 'dark');
    theme.storeChanged('another key');
    expect(theme.choice).toBe('system');
    theme.storeChanged('asyncio:theme');
    expect(theme.choice).toBe('dark');
    kept.clear();
    theme.storeChanged(null);
    expect(theme.choice).toBe('system');
  });

  test('that nobody knows is the system’s', () => {
    kept.set('asyncio:theme', '<img src=x>');
    expect(open().choice).toBe('system');
  });

  test('can be chosen where nothing can be kept', () => {
    const theme = open(() => {
      throw new Error('forbidden');
    });
    theme.choose('light');
    expect(theme.choice).toBe('light');
  });
});
