import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleTitle } from '../../project/example-title.js';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const guideFolder = join(root, 'web/docs/guide');

/** The folders of snippets, by the first part of the `src` of a line in the guide. */
const folders = {
  examples: join(root, 'examples'),
  snippets: join(guideFolder, 'snippets'),
  reference: join(root, 'web/docs/api/examples'),
};

/**
 * All snippets of a folder: of the gallery, of the chapters or of the reference.
 * @param {keyof typeof folders} folder
 * @returns {string[]} their `src`
 */
export function snippetsIn(folder) {
  return readdirSync(folders[folder]).flatMap((file) => (file.endsWith('.cpp') ? [`${folder}/${file}`] : []));
}

/**
 * A program of the guide, from its files.
 * @typedef {object} Snippet
 * @property {string} src `examples/01-hello.cpp`
 * @property {string} name `01-hello`
 * @property {boolean} isExample it is in the playground's gallery too
 * @property {string} title
 * @property {string} text
 * @property {string} expected what it prints to stdout
 * @property {string} stdin its standard input
 */

/**
 * @param {string} src
 * @returns {Snippet}
 */
export function readSnippet(src) {
  const [, folder, name] = /^(examples|snippets|reference)\/([\w-]+)\.cpp$/.exec(src) ?? [];
  if (folder === undefined || name === undefined) {
    throw new Error(`A snippet must be examples/NAME.cpp, snippets/NAME.cpp or reference/NAME.cpp, not ${src}`);
  }
  const stem = join(folders[/** @type {keyof typeof folders} */ (folder)], name);
  if (!existsSync(`${stem}.cpp`)) throw new Error(`There is no such snippet: ${src}`);
  if (!existsSync(`${stem}.out`)) throw new Error(`This snippet does not say what it prints: ${basename(stem)}.out is missing`);
  const text = readFileSync(`${stem}.cpp`, 'utf8');
  return {
    src,
    name,
    isExample: folder === 'examples',
    title: exampleTitle(name, text),
    text,
    expected: readFileSync(`${stem}.out`, 'utf8'),
    stdin: existsSync(`${stem}.in`) ? readFileSync(`${stem}.in`, 'utf8') : '',
  };
}

const tag = /^<asyncio-playground\s+src="([^"]*)"([^>]*)><\/asyncio-playground>$/;

/**
 * The snippet that a line of Markdown shows; undefined for any other line.
 * @param {string} line
 * @returns {{ src: string, attributes: string } | undefined}
 */
export function snippetLine(line) {
  const [, src, attributes = ''] = tag.exec(line.trim()) ?? [];
  return src === undefined ? undefined : { src, attributes: attributes.trim() };
}

/**
 * The snippets that a page shows, in order.
 * @param {string} markdown
 * @returns {string[]} their `src`
 */
export function snippetsOf(markdown) {
  return markdown.split('\n').flatMap((line) => snippetLine(line)?.src ?? []);
}
