import { axisHeight, headHeight, plotLeft, width, xOf } from './places.mjs';
import { element } from './xml.mjs';

/** As many pixels are between two times at least. */
const apart = 84;

/** @param {number} end the run's */
export function axis(end) {
  const y = headHeight + axisHeight;
  return [
    ...ticks(end).map((at) => {
      const x = xOf(at, end);
      const tick = element('line', { x1: x, x2: x, y1: y - 6, y2: y, class: 'line' });
      return tick + element('text', { x: x + 4, y: y - 8, class: 'small' }, `${at} ms`);
    }),
    element('line', { x1: 0.5, x2: width - 0.5, y1: y + 0.5, y2: y + 0.5, class: 'line' }),
  ].join('');
}

/**
 * @param {number} end
 * @param {number} bottom
 */
export function grid(end, bottom) {
  const height = { y1: headHeight + axisHeight, y2: bottom };
  return ticks(end)
    .map((at) => element('line', { x1: xOf(at, end), x2: xOf(at, end), ...height, class: 'line' }))
    .join('');
}

/**
 * Round times, each with room for its text.
 * @param {number} end
 */
function ticks(end) {
  if (end === 0) return [0];
  const least = (apart * end) / (xOf(end, end) - plotLeft);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5].find((factor) => power * factor >= least) ?? 10);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_unused, index) => index * step);
}
