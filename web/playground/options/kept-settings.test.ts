import { beforeEach, describe, expect, test } from '@jest/globals';
import { VisitMemory } from '../keep/visit-memory.js';
import { KeptSettings } from './kept-settings.js';

const key = 'asyncio:settings';
const usual = { fontSize: 14, wrap: false, minimap: false, vim: false };

let kept: Map<string, string>;
let shown: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  shown = new Map();
});

const root = {
  style: { setProperty: (name: string, value: string) => shown.set(name, value) },
  toggleAttribute: (name: string, on: boolean) => (on ? shown.set(name, '') : shown.delete(name)),
} as unknown as HTMLElement;

const keptStorage = (): Storage =>
  ({
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  }) as unknown as Storage;

const open = (store = keptStorage): KeptSettings => new KeptSettings(root, new VisitMemory(store));

describe('the settings', () => {
  test('are the usual ones until someone changes them', () => {
    expect(open().current).toEqual(usual);
    expect([...shown]).toEqual([['--code-size', '0.875rem']]);
    expect(kept.size).toBe(0);
  });

  test('show at once, and are told to those who listen', () => {
    const settings = open();
    let changes = 0;
    settings.onChange(() => (changes += 1));
    settings.change({ fontSize: 18, wrap: true });
    expect([...shown]).toEqual([['--code-size', '1.125rem'], ['data-wrap', '']]);
    expect(changes).toBe(1);
    settings.change({ wrap: false });
    expect([...shown]).toEqual([['--code-size', '1.125rem']]);
  });

  test('are kept for the next visit', () => {
    open().change({ minimap: true });
    open().change({ vim: true });
    shown.clear();
    expect(open().current).toEqual({ ...usual, minimap: true, vim: true });
  });

  test('follow another page that is open', () => {
    const settings = open();
    kept.set(key, JSON.stringify({ ...usual, fontSize: 20 }));
    settings.storeChanged('another key');
    expect(settings.current.fontSize).toBe(14);
    settings.storeChanged(key);
    expect(settings.current.fontSize).toBe(20);
    kept.clear();
    settings.storeChanged(null);
    expect(settings.current).toEqual(usual);
  });

  test.each(['', 'null', '[]', '{', '7', '{"fontSize":1000,"wrap":"yes","minimap":1}'])('that are stored as %p are the usual ones', (text) => {
    kept.set(key, text);
    expect(open().current).toEqual(usual);
  });

  test('of which some are unknown keep the others', () => {
    kept.set(key, '{"fontSize":"<img>","vim":true,"other":1}');
    expect(open().current).toEqual({ ...usual, vim: true });
  });

  test('can be changed where nothing can be kept', () => {
    const settings = open(() => {
      throw new Error('forbidden');
    });
    settings.change({ fontSize: 24 });
    expect(settings.current.fontSize).toBe(24);
  });
});
