import { beginningOf } from './shorten.js';

/** Characters of a message that a program ends with: what is longer is no message, and would hold up the page. */
const LONGEST = 10_000;

/** The message, or its beginning and how long it is. */
export function endingMessage(text: string): string {
  return text.length <= LONGEST ? text : `${beginningOf(text, LONGEST)} … [${text.length.toLocaleString('en')} characters in all]`;
}
