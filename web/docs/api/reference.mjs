// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { galleryChapters } from '../site/chapters.mjs';
import { readSnippet, root } from '../site/snippet.mjs';
import { apiFile } from './make.mjs';
import { entriesOf } from './entries.mjs';

/** Made by every build and not kept: the guide's search reads pages as files. */
const folder = join(root, 'web/docs/reference');

/**
 * @typedef {import('./entries.mjs').Entry} Entry
 * @typedef {import('../../protocol/declaration.js').Declaration} Declaration
 * @typedef {{ id: string, title: string, group: string, file: string, entries: Entry[] }} ReferencePage
 */

const groups = /** @type {const} */ ([
  ['asyncio', 'asyncio'],
  ['http', 'asyncio::http'],
  ['websocket', 'asyncio::websocket'],
  ['files', 'asyncio::files'],
]);

/** Of those that a name is used in: what everyone uses is in all of them. */
const MOST_CHAPTERS = 4;

export function writeReference() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const examples = galleryChapters.flatMap((chapter) =>
    chapter.examples.map(({ name }) => ({ chapter, ...readSnippet(`examples/${name}.cpp`) })),
  );
  const pages = referencePages();
  for (const page of pages) writeFileSync(join(folder, `${page.id}.md`), pageText(page, examples));
  writeFileSync(join(folder, 'index.md'), indexText(pages));
}

export function referenceSidebar() {
  const pages = referencePages();
  const all = [{ text: 'All names', link: '/reference/' }];
  return [
    { text: 'Reference', items: all },
    ...groups.map(([group, text]) => ({
      text,
      items: pages.filter((page) => page.group === group).map(({ id, title }) => ({ text: title, link: `/reference/${id}` })),
    })),
  ];
}

/** @returns {ReferencePage[]} one for each header, in the order of their names */
function referencePages() {
  const declarations = /** @type {Declaration[]} */ (JSON.parse(readFileSync(apiFile, 'utf8')));
  /** @type {Map<string, ReferencePage>} */
  const pages = new Map();
  for (const entry of entriesOf(declarations)) {
    const path = entry.file.replace(/^asyncio\//, '').replace(/\.hpp$/, '');
    const [group, title] = path.includes('/') ? path.split('/', 2) : ['asyncio', path];
    if (group === undefined || title === undefined || !groups.some(([known]) => known === group)) {
      throw new Error(`The reference has no place for ${entry.name} of ${entry.file}`);
    }
    const id = path.replaceAll('/', '-').replaceAll('_', '-');
    const page = pages.get(id) ?? { id, title: title.replaceAll('_', ' '), group, file: entry.file, entries: [] };
    page.entries.push(entry);
    pages.set(id, page);
  }
  return [...pages.values()].sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

/** @param {ReferencePage[]} pages */
function indexText(pages) {
  const lines = groups.flatMap(([group, title]) => [
    `## ${title}`,
    '',
    ...pages
      .filter((page) => page.group === group)
      .map(({ id, title: name, entries }) => `- [${name}](./${id}): ${entries.map(({ name: it }) => `\`${shortName(it)}\``).join(', ')}`),
    '',
  ]);
  const intro =
    'Every public name, with the words of its declaration. It is made from the headers when the site is built, and the ' +
    'programs are those of the gallery. `#include <asyncio.hpp>` brings all of it.';
  return `---\nprev: false\nnext: false\n---\n\n# Reference\n\n${intro}\n\n${lines.join('\n')}`;
}

/** @typedef {import('../site/snippet.mjs').Snippet & { chapter: { id: string, title: string } }} Example */

/**
 * @param {ReferencePage} page
 * @param {Example[]} examples
 */
function pageText({ title, file, entries }, examples) {
  /** @type {Set<string>} */
  const shown = new Set();
  const sections = entries.map((entry) => entryText(entry, examples, shown));
  return `# ${title} {#header}\n\n<p class="header-name"><code>&lt;${file}&gt;</code></p>\n\n${sections.join('\n')}`;
}

/**
 * @param {Entry} entry
 * @param {Example[]} examples
 * @param {Set<string>} shown on this page already
 */
function entryText(entry, examples, shown) {
  const members = entry.members.filter(({ comment }) => comment !== '');
  const others = entry.members.filter(({ comment }) => comment === '').flatMap(({ signatures }) => signatures);
  return [
    `## ${shortName(entry.name)} {#${anchor(entry.name)}}`,
    fence(entry.signatures),
    markdownOf(entry.comment),
    exampleText(entry, examples, shown),
    ...members.map(({ name, signatures, comment }) =>
      [`### ${name.split('::').at(-1)} {#${anchor(name)}}`, fence(signatures), markdownOf(comment)].join('\n\n'),
    ),
    ...(others.length === 0 ? [] : [entry.members.length === others.length ? 'Members:' : 'And these, which say it by their names:', fence(others)]),
    '',
  ]
    .filter((part, index, all) => part !== '' || index === all.length - 1)
    .join('\n\n');
}

/**
 * A program that uses it: the one of the example whose words are about it, else the shortest.
 * @param {Entry} entry
 * @param {Example[]} examples
 * @param {Set<string>} shown
 */
function exampleText({ name }, examples, shown) {
  const short = shortName(name);
  const written = new RegExp(`\\b${short.includes('::') ? short : `(?:asyncio::)${short}`}\\b`);
  const using = examples
    .filter(({ text }) => written.test(text))
    .sort((a, b) => Number(about(b)) - Number(about(a)) || a.text.length - b.text.length);
  const [first] = using;
  if (first === undefined) return '';
  const chapters = [...new Map(using.map(({ chapter }) => [chapter.id, chapter.title]))].slice(0, MOST_CHAPTERS);
  const links = chapters.map(([id, title]) => `[${title}](/guide/${id})`).join(', ');
  if (shown.has(first.src)) return `In the program above; the guide has it in ${links}.`;
  shown.add(first.src);
  return `<asyncio-playground src="${first.src}"></asyncio-playground>\n\nThe guide has it in ${links}.`;

  /** @param {Example} example */
  function about({ title }) {
    return new RegExp(`\\b${short}s?\\b`, 'i').test(title);
  }
}

/** @param {string[]} signatures */
function fence(signatures) {
  return `\`\`\`cpp\n${signatures.join(';\n')};\n\`\`\``;
}

/** @param {string} name */
function shortName(name) {
  return name.replace(/^asyncio::/, '');
}

/** @param {string} name */
function anchor(name) {
  return shortName(name).replaceAll('::', '-');
}

/**
 * The comments are Markdown; what looks like HTML or a template's braces in them is neither.
 * @param {string} comment
 */
function markdownOf(comment) {
  const code = /(`[^`]*`|^ {4}.*$)/gm;
  return comment
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;').replaceAll('*', '\\*')))
    .join('');
}
