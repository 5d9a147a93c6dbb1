import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './snippet.mjs';

/** The gallery's chapters, each a page of the guide under its id. */
export const galleryChapters = /** @type {{ id: string, title: string, examples: { name: string }[] }[]} */ (
  JSON.parse(readFileSync(join(root, 'examples/chapters.json'), 'utf8'))
);

const titles = new Map(galleryChapters.map(({ id, title }) => [id, title]));

/** The guide from its first page to its last: the reading order for a newcomer. */
const parts = [
  {
    title: 'First steps',
    pages: ['coroutines', 'tasks', 'cancellation', 'gather', 'wait', 'timeouts', 'groups'],
  },
  { title: 'Working together', pages: ['queues', 'locks', 'events', 'conditions', 'barriers'] },
  { title: 'More of the language', pages: ['generators', 'context-managers', 'executors'] },
  { title: 'The outside world', pages: ['http', 'streams', 'files', 'databases', 'servers'] },
  { title: 'Getting it right', pages: ['debugging', 'pitfalls', 'patterns'] },
];

/** Pages that are not chapters of the gallery. */
const own = [
  {
    title: 'Where you come from',
    pages: [
      { id: 'python', title: 'asyncio for Python people' },
      { id: 'cpp', title: 'asyncio for C++ people' },
    ],
  },
  {
    title: 'The page around it',
    pages: [
      { id: 'playground', title: 'The playground' },
      { id: 'browser', title: 'In the browser' },
      { id: 'embedding', title: 'Embedding' },
      { id: 'recipes', title: 'Recipes for site generators' },
      { id: 'package', title: 'The npm package' },
    ],
  },
];

/** @returns {{ text: string, items: { text: string, link: string }[] }[]} */
export function guideSidebar() {
  const chapters = parts.map(({ title, pages }) => ({ title, pages: pages.map((id) => ({ id, title: titleOf(id) })) }));
  return [...chapters, ...own].map(({ title, pages }) => ({
    text: title,
    items: pages.map((page) => ({ text: page.title, link: `/guide/${page.id}` })),
  }));
}

/** @param {string} id */
function titleOf(id) {
  const title = titles.get(id);
  if (title === undefined) throw new Error(`examples/chapters.json has no chapter ${id}`);
  return title;
}
