import { expect, test } from '@jest/globals';
import { elementHead } from './element.mjs';

test("a page finds the element and the compiled programs below the site's own path", () => {
  expect(elementHead('/some/path/')).toEqual([
    ['script', { type: 'module', src: '/some/path/playground/embed/asyncio-playground.js' }],
    ['link', { rel: 'asyncio-snippets', href: '/some/path/asyncio-snippets/manifest.json' }],
  ]);
});
