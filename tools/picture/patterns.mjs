import { element } from './xml.mjs';

const size = 6;
const whole = { width: size, height: size };

/** The page's: stripes wait, dots are ready, running is plain. One can tell them apart without colour. */
export function patterns() {
  return pattern('ready', dots()) + pattern('waiting', stripes());
}

/** @param {'running' | 'ready' | 'waiting'} state */
export function fillOf(state) {
  return state === 'running' ? { class: 'running-ground' } : { fill: `url(#${state})` };
}

/**
 * @param {string} state
 * @param {string} marks
 */
function pattern(state, marks) {
  const ground = element('rect', { ...whole, class: `${state}-ground` });
  return element('pattern', { id: state, ...whole, patternUnits: 'userSpaceOnUse' }, ground, marks);
}

function dots() {
  const dot = { width: 1.5, height: 1.5, class: 'ready-mark' };
  return element('rect', { x: 1.5, y: 1.5, ...dot }) + element('rect', { x: 4.5, y: 4.5, ...dot });
}

/** Beyond the edges, so that the tiles join. */
function stripes() {
  const d = [-size, 0, size].map((shift) => `M${shift - 1} ${size + 1}L${shift + size + 1} -1`).join('');
  return element('path', { d, class: 'waiting-mark' });
}
