import { beginningOf } from './shorten.js';

/** Maximum characters of a program's final message: a longer one is useless, and would block the page. */
const LONGEST = 10_000;

/** The message, or its beginning and its length. */
export function endingMessage(text: string): string {
  return text.length <= LONGEST ? text : `${beginningOf(text, LONGEST)} … [${text.length.toLocaleString('en')} characters in all]`;
}
