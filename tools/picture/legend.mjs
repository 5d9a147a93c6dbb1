import { fillOf } from './patterns.mjs';
import { headHeight, plotRight } from './places.mjs';
import { element } from './xml.mjs';

/** With the width of swatch and words. */
const entries = /** @type {const} */ ([
  { state: 'running', words: 'running', width: 84 },
  { state: 'ready', words: 'ready', width: 72 },
  { state: 'waiting', words: 'waiting', width: 84 },
  { state: 'idle', words: 'loop has nothing to do', width: 160 },
]);

/** Ends at the right edge. */
export function legend() {
  let x = plotRight - entries.reduce((sum, { width }) => sum + width, 0);
  return entries
    .map(({ state, words, width }) => {
      const left = x;
      x += width;
      const word = element('text', { x: left + 24, y: headHeight / 2 + 4, class: 'small' }, words);
      return swatch(state, left, headHeight / 2) + word;
    })
    .join('');
}

/**
 * @param {(typeof entries)[number]['state']} state
 * @param {number} x
 * @param {number} y its middle
 */
function swatch(state, x, y) {
  if (state === 'idle') return element('line', { x1: x, x2: x + 18, y1: y, y2: y, class: 'idle' });
  return element('rect', { x, y: y - 6, width: 18, height: 12, ...fillOf(state) });
}
