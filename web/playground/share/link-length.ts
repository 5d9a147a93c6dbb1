import { formatCount } from '../../panels/format.js';

/** Some applications truncate or refuse longer links. */
const everywhere = 2_000;
const mostly = 30_000;
/** Chromium's limit; others have more. */
export const browsers = 2_000_000;

export interface LengthAdvice {
  text: string;
  /** Longer than a browser can open. */
  tooLong: boolean;
}

/** Advice on a link's length for those who send it. */
export function adviceOn(length: number): LengthAdvice {
  const counted = `${formatCount(length)} characters`;
  if (length > browsers) {
    return { text: `This snippet is too large for a link: it would have ${counted}, and browsers open at most ${formatCount(browsers)}. Save it as a file instead.`, tooLong: true };
  }
  if (length > mostly) {
    return { text: `This link is very long: ${counted}. Many mail and chat programs truncate or reject it; a file is safer.`, tooLong: false };
  }
  if (length > everywhere) {
    return { text: `This link has ${counted}. Some mail and chat programs truncate links after ${formatCount(everywhere)}: test it where you send it.`, tooLong: false };
  }
  return { text: `This link has ${counted}.`, tooLong: false };
}
