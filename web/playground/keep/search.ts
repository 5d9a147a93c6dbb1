import type { Snippet } from './snippet.js';

/** Whether every word is in its title or in one of its files. */
export function matches({ project: { title, files } }: Snippet, words: string): boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return true;
  const texts = [title, ...files.flatMap(({ name, text }) => [name, text])].map((text) => text.toLowerCase());
  return wanted.every((word) => texts.some((text) => text.includes(word)));
}
