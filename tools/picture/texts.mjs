import { codePieces } from './code.mjs';
import { appearsClass } from './motion.mjs';
import { consoleLeft, margin, textLineHeight } from './places.mjs';
import { element, escaped } from './xml.mjs';

const mono = { class: 'mono', 'xml:space': 'preserve' };

/**
 * @param {readonly string[]} lines
 * @param {number} first where the first line stands
 */
export function codeText(lines, first) {
  const texts = lines.map((line, index) => {
    const pieces = codePieces(line).map(({ text, kind }) =>
      kind === undefined ? escaped(text) : element('tspan', { class: kind }, escaped(text)),
    );
    return element('text', { x: margin, y: first + index * textLineHeight, ...mono }, ...pieces);
  });
  return texts.join('\n');
}

/**
 * What the program prints, line by line as its time comes.
 * @param {readonly import('./run.mjs').Line[]} lines
 * @param {number} first where the first line stands
 */
export function consoleText(lines, first) {
  const texts = lines.map(({ at, text }, index) => {
    const [time = '', said = ''] = text.split(/(?<=^ *\d+ ms)/);
    const place = { x: consoleLeft + margin, y: first + index * textLineHeight };
    const look = { ...mono, class: `${mono.class} ${appearsClass(at)}` };
    return element('text', { ...place, ...look }, element('tspan', { class: 'time' }, escaped(time)), escaped(said));
  });
  return texts.join('\n');
}
