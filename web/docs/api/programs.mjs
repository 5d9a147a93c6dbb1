import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guideSidebar } from '../site/chapters.mjs';
import { readSnippet, root, snippetsIn, snippetsOf } from '../site/snippet.mjs';

/**
 * A program that the reference can show for the names it uses.
 * @typedef {object} Program
 * @property {string} src
 * @property {string} title
 * @property {string} text
 * @property {{ text: string, link: string }[]} chapters that show it; empty for programs written for the reference
 */

/** @returns {Program[]} */
export function allPrograms() {
  /** @type {Map<string, Program['chapters']>} */
  const chapters = new Map();
  for (const chapter of guideSidebar().flatMap(({ items }) => items)) {
    const markdown = readFileSync(join(root, `web/docs${chapter.link}.md`), 'utf8');
    for (const src of snippetsOf(markdown)) chapters.set(src, [...(chapters.get(src) ?? []), chapter]);
  }
  return [...chapters.keys(), ...snippetsIn('reference')].map((src) => {
    const { title, text } = readSnippet(src);
    return { src, title, text, chapters: chapters.get(src) ?? [] };
  });
}

/**
 * The programs that use a name, best first: those that mention it in the title, then those of a chapter, then the
 * others; shorter ones first.
 * @param {string} name `asyncio::Queue`
 * @param {Program[]} programs
 */
export function programsUsing(name, programs) {
  const short = name.replace(/^asyncio::/, '');
  const written = new RegExp(`\\b${short.includes('::') ? '' : 'asyncio::'}${short}\\b`);
  const about = new RegExp(`\\b${short}s?\\b`, 'i');
  /** @param {Program} program */
  const rank = ({ title, chapters }) => (about.test(title) ? 0 : chapters.length > 0 ? 1 : 2);
  return programs.filter(({ text }) => written.test(text)).sort((a, b) => rank(a) - rank(b) || a.text.length - b.text.length);
}
