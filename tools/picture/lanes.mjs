import { fillOf } from './patterns.mjs';
import { barHeight, laneHeight, letterWidth, margin, xOf } from './places.mjs';
import { element, escaped } from './xml.mjs';

/**
 * @typedef {import('./run.mjs').Lane} Lane
 * @typedef {import('./run.mjs').Piece} Piece
 * @typedef {import('./run.mjs').End} End
 */

const barTop = (laneHeight - barHeight) / 2;
/** A step that takes no time is seen as well. */
const narrowest = 3;
/** A text cut to fewer letters says nothing. */
const shortestLabel = 7;

/**
 * @param {Lane} lane
 * @param {number} top
 */
export function laneName({ name }, top) {
  return element('text', { x: margin, y: top + laneHeight / 2 + 4 }, escaped(name));
}

/**
 * @param {Lane} lane
 * @param {number} top
 * @param {number} end the run's
 */
export function laneBars({ pieces, end: laneEnd }, top, end) {
  // A step is drawn last: it may be narrower than what it is drawn with.
  const inOrder = [...pieces].sort((a, b) => Number(a.state === 'running') - Number(b.state === 'running'));
  return [
    ...inOrder.map((piece) => bar(piece, top + barTop, end)),
    ...pieces.map((piece) => label(piece, top, end)),
    laneEnd === undefined ? '' : endMark(laneEnd, xOf(laneEnd.at, end), top + laneHeight / 2),
  ].join('');
}

/**
 * @param {Piece} piece
 * @param {number} top
 * @param {number} end
 */
function bar({ state, from, to }, top, end) {
  const x = xOf(from, end);
  const width = xOf(to, end) - x;
  if (state === 'idle') {
    const y = top + barHeight / 2;
    return element('line', { x1: x + 6, x2: x + width - 3, y1: y, y2: y, class: 'idle' });
  }
  return element('rect', { x, y: top, width: Math.max(narrowest, width), height: barHeight, ...fillOf(state) });
}

/**
 * @param {Piece} piece
 * @param {number} top
 * @param {number} end
 */
function label({ state, from, to, label: text }, top, end) {
  if (state === 'idle') return '';
  const x = xOf(from, end);
  const shown = fitted(text, xOf(to, end) - x - 14);
  if (shown === '') return '';
  return element('text', { x: x + 8, y: top + laneHeight / 2 + 4, class: `label ${state}-label` }, escaped(shown));
}

/**
 * As much of the text as fits.
 * @param {string} text
 * @param {number} room
 */
function fitted(text, room) {
  const letters = Math.floor(room / letterWidth);
  if (text.length <= letters) return text;
  return letters < shortestLabel ? '' : `${text.slice(0, letters - 1)}…`;
}

/**
 * By a symbol as well as by colour.
 * @param {End} end
 * @param {number} x
 * @param {number} y the lane's middle
 */
function endMark({ how }, x, y) {
  const half = barHeight / 2;
  const shape = {
    done: `M${x + 1.5} ${y - half}v${barHeight}`,
    cancelled: `M${x + 12} ${y}a4.5 4.5 0 1 1 -9 0a4.5 4.5 0 1 1 9 0M${x + 4.5} ${y + 3}l6 -6`,
    failed: `M${x + 3} ${y - 4}l8 8m0 -8l-8 8`,
  }[how];
  return element('path', { d: shape, class: how === 'failed' ? 'end failed' : 'end' });
}
