import { short } from './xml.mjs';

/** The run takes most of a round; then the whole is seen for a while. */
export const roundSeconds = 8;
export const runShare = 80;

/**
 * How much of a round has passed at a time of the run, in per cent.
 * @param {number} at milliseconds
 * @param {number} end the run's
 */
export function percentAt(at, end) {
  return short(end === 0 ? 0 : (at / end) * runShare);
}

/** @param {number} at milliseconds */
export function appearsClass(at) {
  return `at-${short(at).replace('.', '-')}`;
}

/**
 * What moves. Without motion nothing is hidden: what hides is out of the way unless it is animated.
 * @param {{ end: number, travel: number, away: number, appearAt: readonly number[] }} run `travel`: from its beginning
 *   to its end; `away`: from the beginning to where nothing is hidden
 */
export function motionStyle({ end, travel, away, appearAt }) {
  const round = `${roundSeconds}s infinite`;
  const ended = `${runShare}%`;
  const times = [...new Set(appearAt)].filter((at) => at > 0).sort((a, b) => a - b);
  return [
    `.later{transform:translateX(${short(away)}px)}`,
    '.now{opacity:0}',
    '@media (prefers-reduced-motion:no-preference){',
    `.later{animation:uncover ${round} linear}`,
    `.now{animation:pass ${round} linear}`,
    ...times.map((at) => `.${appearsClass(at)}{animation:${appearsClass(at)} ${round} step-end}`),
    '}',
    `@keyframes uncover{0%{transform:none}${ended}{transform:translateX(${short(travel)}px)}`,
    `${runShare + 0.01}%,100%{transform:translateX(${short(away)}px)}}`,
    `@keyframes pass{0%{transform:none;opacity:1}${ended}{transform:translateX(${short(travel)}px);opacity:1}`,
    `${runShare + 3}%,100%{transform:translateX(${short(travel)}px);opacity:0}}`,
    ...times.map((at) => `@keyframes ${appearsClass(at)}{0%{opacity:0}${percentAt(at, end)}%,100%{opacity:1}}`),
  ].join('\n');
}
