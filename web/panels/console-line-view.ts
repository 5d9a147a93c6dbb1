import { coloursOf, type Colours, type Theme } from './ansi-colours.js';
import { plain, type AnsiStyle } from './ansi-style.js';
import type { Line, Run } from './console-line.js';
import { formatBytes, formatCount } from './format.js';
import { isExcerpt } from './source-excerpt.js';
import { findSourceLinks, type SourceLink } from './source-links.js';
import { fitLabel } from './trace/task-label.js';

/** Letters of a label that fit beside a line (style/console.css). */
const labelRoom = 17;

/** Fills a line's element with its text, styles, and links to the places that it names. Text only, never HTML. */
export function fillLine(element: HTMLElement, line: Line, canOpen: (file: string) => boolean, taskLabel: (name: string) => string): void {
  const [head, tail] = line.parts;
  const text = head.map((run) => run.text).join('');
  const parts = withLinks(head, findSourceLinks(text, canOpen));
  if (line.droppedChars > 0) parts.push(span(dropped(line)));
  parts.push(...tail.map(span));
  // An empty line must still have a height.
  element.replaceChildren(...(parts.length > 0 ? parts : [document.createElement('br')]));
  element.classList.toggle('console-excerpt', isExcerpt(line));
  if (line.at !== undefined) element.dataset['time'] = (line.at / 1000).toFixed(3);
  if (line.task === undefined) return;
  element.dataset['task'] = line.task;
  labelLine(element, taskLabel(line.task));
}

/** What its task is called, which may be known only later. */
export function labelLine(element: HTMLElement, label: string): void {
  const shown = fitLabel(label, ({ length }) => length <= labelRoom);
  element.dataset['label'] = shown;
  if (shown !== label) element.title = label;
}

function dropped(line: Line): Run {
  const text = ` … ${formatCount(line.droppedChars)} characters (${formatBytes(line.droppedBytes)}) of this line were dropped here … `;
  return { voice: 'info', style: plain, text };
}

function withLinks(runs: readonly Run[], links: SourceLink[]): HTMLElement[] {
  if (links.length === 0) return runs.map(span);
  const parts: HTMLElement[] = [];
  let open: { link: SourceLink; element: HTMLElement } | undefined;
  let at = 0;
  for (const run of runs) {
    for (let from = 0; from < run.text.length; ) {
      const link = links.find((one) => one.to > at);
      const inside = link !== undefined && link.from <= at;
      const end = inside ? link.to : (link?.from ?? Infinity);
      const piece = span({ ...run, text: run.text.slice(from, from + end - at) });
      if (inside) {
        if (open?.link !== link) {
          open = { link, element: linkElement(link) };
          parts.push(open.element);
        }
        open.element.append(piece);
      } else {
        parts.push(piece);
      }
      from += piece.textContent.length;
      at += piece.textContent.length;
    }
  }
  return parts;
}

function linkElement({ file, line, column }: SourceLink): HTMLElement {
  const element = document.createElement('span');
  element.className = 'console-link';
  element.setAttribute('role', 'link');
  element.tabIndex = -1;
  Object.assign(element.dataset, { file, line: String(line), column: String(column) });
  return element;
}

function span({ voice, style, text }: Run): HTMLElement {
  const element = document.createElement('span');
  element.className = [`voice-${voice}`, ...looks(style)].join(' ');
  element.textContent = text;
  const colours = coloursOf(style, voice);
  if (colours !== undefined) colour(element, colours);
  return element;
}

function looks(style: AnsiStyle): string[] {
  return (['bold', 'italic', 'underline', 'strike'] as const).filter((look) => style[look]).map((look) => `ansi-${look}`);
}

function colour(element: HTMLElement, { light, dark }: Record<Theme, Colours>): void {
  element.style.color = `light-dark(${light.text}, ${dark.text})`;
  if (light.background !== undefined && dark.background !== undefined) {
    element.style.backgroundColor = `light-dark(${light.background}, ${dark.background})`;
  }
}

