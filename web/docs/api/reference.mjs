import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../site/snippet.mjs';
import { apiFile } from './make.mjs';
import { entriesOf } from './entries.mjs';
import { allPrograms, programsUsing } from './programs.mjs';

/** Written by every build and not in git; they are files because the guide's search reads pages from disk. */
const folder = join(root, 'web/docs/reference');

/**
 * @typedef {import('./entries.mjs').Entry} Entry
 * @typedef {import('./programs.mjs').Program} Program
 * @typedef {import('../../protocol/declaration.js').Declaration} Declaration
 * @typedef {{ id: string, title: string, group: string, file: string, entries: Entry[] }} ReferencePage
 */

const groups = /** @type {const} */ ([
  ['asyncio', 'asyncio'],
  ['streams', 'asyncio, streams'],
  ['http', 'asyncio::http'],
  ['websocket', 'asyncio::websocket'],
  ['files', 'asyncio::files'],
  ['postgres', 'asyncio::postgres'],
  ['sqlite', 'asyncio::sqlite'],
  ['testing', 'asyncio::testing'],
  ['web', 'asyncio::web'],
]);

/** The number of chapters listed for a name: the most common names occur in all of them. */
const MOST_CHAPTERS = 4;

export function writeReference() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const programs = allPrograms();
  const pages = referencePages();
  const unused = pages.flatMap(({ entries }) => entries).filter(({ name }) => programsUsing(name, programs).length === 0);
  if (unused.length > 0) {
    const names = unused.map(({ name }) => name).join(', ');
    throw new Error(`The reference shows a program for each name, and none uses ${names}: write it in web/docs/api/examples`);
  }
  for (const page of pages) writeFileSync(join(folder, `${page.id}.md`), pageText(page, programs));
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

/** @returns {ReferencePage[]} one for each header, sorted by name */
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
    'Every public name, with the words of its declaration and a program that uses it. It is made from the headers when the ' +
    'site is built. `#include <asyncio.hpp>` brings all of it.';
  return `---\nprev: false\nnext: false\n---\n\n# Reference\n\n${intro}\n\n${lines.join('\n')}`;
}

/**
 * @param {ReferencePage} page
 * @param {Program[]} programs
 */
function pageText({ title, file, entries }, programs) {
  /** @type {Map<string, Entry>} */
  const shown = new Map();
  const sections = entries.map((entry) => entryText(entry, programs, shown));
  return `# ${title} {#header}\n\n<p class="header-name"><code>&lt;${file}&gt;</code></p>\n\n${sections.join('\n')}`;
}

/**
 * @param {Entry} entry
 * @param {Program[]} programs
 * @param {Map<string, Entry>} shown on this page already, and at which entry
 */
function entryText(entry, programs, shown) {
  const members = entry.members.filter(({ comment }) => comment !== '');
  const others = entry.members.filter(({ comment }) => comment === '').flatMap(({ signatures }) => signatures);
  return [
    `## ${shortName(entry.name)} {#${anchor(entry.name)}}`,
    fence(entry.signatures),
    markdownOf(entry.comment),
    exampleText(entry, programs, shown),
    ...members.map(({ name, signatures, comment }) =>
      [`### ${name.split('::').at(-1)} {#${anchor(name)}}`, fence(signatures), markdownOf(comment)].join('\n\n'),
    ),
    ...(others.length === 0 ? [] : [entry.members.length === others.length ? 'Members:' : 'Other members:', fence(others)]),
    '',
  ]
    .filter((part, index, all) => part !== '' || index === all.length - 1)
    .join('\n\n');
}

/**
 * @param {Entry} entry
 * @param {Program[]} programs
 * @param {Map<string, Entry>} shown on this page already, and at which entry
 */
function exampleText(entry, programs, shown) {
  const using = programsUsing(entry.name, programs);
  const [first] = using;
  if (first === undefined) return '';
  const chapters = new Map(using.flatMap((program) => program.chapters).map(({ link, text }) => [link, text]));
  const links = [...chapters].slice(0, MOST_CHAPTERS).map(([link, text]) => `[${text}](${link})`);
  const inGuide = links.length === 0 ? '' : `The guide has it in ${links.join(', ')}.`;
  const before = shown.get(first.src);
  if (before !== undefined) return `In the program of [${shortName(before.name)}](#${anchor(before.name)}). ${inGuide}`;
  shown.set(first.src, entry);
  return `<asyncio-playground src="${first.src}"></asyncio-playground>\n\n${inGuide}`;
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
 * The comments are Markdown; text in them that looks like HTML or like a template's braces is escaped.
 * @param {string} comment
 */
function markdownOf(comment) {
  const code = /(`[^`]*`|^ {4}.*$)/gm;
  return comment
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;').replaceAll('*', '\\*')))
    .join('');
}
