import type { Line } from './console-line.js';

/** Whether a line is one of the compiler's excerpts of the source: the line itself, or the marks below it. */
export function isExcerpt(line: Line): boolean {
  return line.hasVoice('stderr') && /^[ \d]{5,} \|(?: |$)/.test(line.text());
}
