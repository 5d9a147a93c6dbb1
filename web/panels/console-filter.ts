import type { Stream } from '../protocol/program.js';
import type { Line } from './console-line.js';

/** Which lines of the console are shown. */
export interface LineFilter {
  /** Searched for in the line, ignoring case. */
  text: string;
  stream: 'all' | Stream;
}

export const everything: LineFilter = { text: '', stream: 'all' };

export function isEverything({ text, stream }: LineFilter): boolean {
  return text === '' && stream === 'all';
}

export function matches(line: Line, { text, stream }: LineFilter): boolean {
  if (stream !== 'all' && !line.hasVoice(stream)) return false;
  return text === '' || line.text().toLowerCase().includes(text.toLowerCase());
}
