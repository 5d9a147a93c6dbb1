import { expect, test } from '@jest/globals';
import { keyNames, shortcutGroups, shortcutHint } from './shortcuts.js';

test('keys are named as the platform names them', () => {
  expect(keyNames(['Control', 'Enter'], 'X11; Linux x86_64')).toEqual(['Ctrl', 'Enter']);
  expect(keyNames(['Control', 'Enter'], 'Macintosh; Intel Mac OS X')).toEqual(['⌘', 'Enter']);
  expect(keyNames(['Escape', 'Tab'], '')).toEqual(['Esc', 'Tab']);
  expect(shortcutHint('iPhone')).toContain('⌘+Enter');
});

test('what the page binds anywhere has one meaning for each key, and every action has keys', () => {
  const bound = shortcutGroups.flatMap(({ shortcuts }) => shortcuts.filter(({ action }) => action !== undefined));
  const keys = bound.flatMap((shortcut) => shortcut.keys.map((pressed) => pressed.join('+')));
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(bound.map(({ action }) => action))).toEqual(new Set(['run', 'stop', 'shortcuts']));
});
