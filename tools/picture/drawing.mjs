import { axis, grid } from './axis.mjs';
import { laneBars, laneName } from './lanes.mjs';
import { legend } from './legend.mjs';
import { motionStyle } from './motion.mjs';
import { patterns } from './patterns.mjs';
import {
  axisHeight, consoleLeft, headHeight, heights, laneHeight, margin, plotLeft, plotRight, width, xOf,
} from './places.mjs';
import { lookStyle } from './style.mjs';
import { codeText, consoleText } from './texts.mjs';
import { element, escaped } from './xml.mjs';

const corner = 8;

/**
 * A picture that moves, in SVG alone: the timeline of a run, the code of one of its tasks, and what it prints.
 * @param {{ run: import('./run.mjs').Run, code: readonly string[], palettes: import('./palettes.mjs').Palettes }} shown
 */
export function drawing({ run, code, palettes }) {
  const { lanes, lines, end } = run;
  const textLines = Math.max(code.length, lines.length);
  const { lanesTop, lanesBottom, textTop, firstLine, bottom } = heights(lanes.length, textLines);
  const plotTop = headHeight + axisHeight + 1;
  const plot = { x: plotLeft, y: plotTop, width: plotRight + margin - plotLeft, height: textTop - 1 - plotTop };
  const topOf = (/** @type {number} */ index) => lanesTop + index * laneHeight;
  const appearAt = lines.map(({ at }) => at);
  const motion = motionStyle({ end, travel: xOf(end, end) - plotLeft, away: plot.width, appearAt });
  const whole = { x: 0.5, y: 0.5, width: width - 1, height: bottom - 1, rx: corner };
  const parts = [
    element('title', { id: 'title' }, 'The timeline of a program, as it runs'),
    element('desc', { id: 'desc' }, escaped(description(run))),
    element('style', {}, `\n${lookStyle(palettes)}\n${motion}\n`),
    element('defs', {}, patterns(), clip('card', whole), clip('plot', plot)),
    element('rect', { ...whole, class: 'surface' }),
    element('g', { 'clip-path': 'url(#card)' }, texts()),
    heading('Timeline', margin, headHeight / 2 + 4),
    legend(),
    axis(end),
    ...lanes.map((lane, index) => laneName(lane, topOf(index))),
    element('g', { 'clip-path': 'url(#plot)' }, timeline()),
    element('rect', { ...whole, class: 'frame' }),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${bottom}`,
    width,
    height: bottom,
    role: 'img',
    'aria-labelledby': 'title desc',
  };
  return `${element('svg', root, '\n', parts.join('\n'), '\n')}\n`;

  function timeline() {
    return [
      grid(end, lanesBottom + 6),
      ...lanes.map((lane, index) => element('g', {}, laneBars(lane, topOf(index), end))),
      element('rect', { ...plot, class: 'surface later' }),
      element('line', { x1: plotLeft, x2: plotLeft, y1: plotTop, y2: lanesBottom + 6, class: 'now' }),
    ].join('\n');
  }

  function texts() {
    const headLine = firstLine - 24;
    return [
      element('rect', { x: 0, y: textTop, width, height: bottom - textTop, class: 'sunken' }),
      element('line', { x1: 0, x2: width, y1: textTop - 0.5, y2: textTop - 0.5, class: 'line' }),
      element('line', { x1: consoleLeft - 0.5, x2: consoleLeft - 0.5, y1: textTop, y2: bottom, class: 'line' }),
      heading('main.cpp', margin, headLine),
      heading('Console', consoleLeft + margin, headLine),
      codeText(code, firstLine),
      consoleText(lines, firstLine),
    ].join('\n');
  }
}

/**
 * @param {string} id
 * @param {Record<string, number>} rect
 */
function clip(id, rect) {
  return element('clipPath', { id }, element('rect', rect));
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function heading(text, x, y) {
  return element('text', { x, y, class: 'head' }, text);
}

/**
 * In words, for who does not see it.
 * @param {import('./run.mjs').Run} run
 */
function description({ lanes, lines, end }) {
  const names = lanes.map(({ name }) => name).join(', ');
  const printed = lines.map(({ text }) => text.trim().replaceAll(/ +/g, ' ')).join('; ');
  const seen = `Lanes for ${names}, over ${end} ms: when each runs, is ready, or waits and for what.`;
  return `${seen} The program prints: ${printed}.`;
}
