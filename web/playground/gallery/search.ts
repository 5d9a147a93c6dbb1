import { aliases } from './aliases.js';
import type { Chapter, Entry } from './catalogue.js';

export interface Found {
  chapter: Chapter;
  entry: Entry;
}

/** The entries that contain every word, most relevant first. */
export function search(chapters: readonly Chapter[], query: string): Found[] {
  const words = wordsOf(query);
  return chapters
    .flatMap((chapter) => chapter.entries.map((entry) => ({ chapter, entry, weight: weigh(chapter, entry, words) })))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ chapter, entry }) => ({ chapter, entry }));
}

/** `asyncio.wait_for()`, as Python's documentation writes it, becomes the word wait_for. */
export function wordsOf(query: string): string[] {
  return query
    .toLowerCase()
    .replace(/\basyncio(?:\.|::)(?=\w)/g, '')
    .replace(/\(\)/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function weigh(chapter: Chapter, { title, teaches, name, source, python = '' }: Entry, words: string[]): number {
  const places: [text: string, weight: number][] = [
    [title, 8],
    [teaches, 6],
    [chapter.title, 4],
    [name.replaceAll('-', ' '), 4],
    [source, 2],
    [python, 2],
  ];
  let sum = words.length === 0 ? 1 : 0;
  for (const word of words) {
    const weights = [word, ...(aliases.get(word) ?? [])].map((name) =>
      places.reduce((all, [text, most]) => all + most * presence(text.toLowerCase(), name), 0),
    );
    const weight = Math.max(...weights);
    if (weight === 0) return 0;
    sum += weight;
  }
  return sum;
}

/** A whole word ranks above a partial match: `wait` is in `wait_for` as well. */
function presence(text: string, word: string): number {
  let part = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    part = 0.25;
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return 1;
  }
  return part;
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}_]/u.test(char);
}
