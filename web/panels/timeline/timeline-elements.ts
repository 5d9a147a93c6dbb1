import { button } from '../button.js';
import type { Axis } from '../trace/lane.js';
import { legend } from './palette.js';

export interface TimelineElements {
  fit: HTMLButtonElement;
  follow: HTMLButtonElement;
  closer: HTMLButtonElement;
  wider: HTMLButtonElement;
  save: HTMLButtonElement;
  axis: HTMLSelectElement;
  find: HTMLInputElement;
  /** Scrolls the lanes and handles keys; the canvas stays in view. */
  lanes: HTMLElement;
  space: HTMLElement;
  canvas: HTMLCanvasElement;
  tip: HTMLElement;
  details: HTMLElement;
  go: HTMLButtonElement;
  note: HTMLElement;
  /** The number of lanes found: announced, only during a search. */
  found: HTMLElement;
  empty: HTMLElement;
  /** All but `empty`. */
  content: HTMLElement;
  table: HTMLDetailsElement;
  swatches: ReadonlyMap<string, HTMLElement>;
}

const axes: [Axis, string][] = [
  ['loop', "Loop's time"],
  ['real', 'Real time'],
  ['order', 'Each event'],
];
const help =
  'Up and down choose a task, left and right its events, Enter goes to the line. Plus and minus zoom, Shift with left or right pans, ' +
  'F shows all, L follows the newest. By mouse: Ctrl and the wheel zoom, dragging pans.';

/** Creates the timeline's elements in its panel. */
export function createTimelineElements(root: HTMLElement): TimelineElements {
  const content = div('timeline');
  const bar = div('timeline-bar');
  const axis = document.createElement('select');
  axis.ariaLabel = 'From left to right';
  axis.append(...axes.map(([value, text]) => new Option(text, value)));
  const find = document.createElement('input');
  find.type = 'search';
  find.placeholder = 'Find tasks';
  find.ariaLabel = 'Find tasks by name or coroutine';
  find.autocomplete = 'off';
  find.spellcheck = false;
  const fit = button('Fit', 'Show all (F)');
  const follow = button('Follow', 'Keep the newest events in view (L)');
  const closer = button('+', 'Zoom in');
  const wider = button('−', 'Zoom out');
  closer.ariaLabel = 'Zoom in';
  wider.ariaLabel = 'Zoom out';
  const save = button('Save trace', 'For ui.perfetto.dev and chrome://tracing');
  bar.append(fit, follow, wider, closer, axis, find, save);

  const lanes = div('timeline-lanes');
  lanes.tabIndex = 0;
  lanes.role = 'application';
  lanes.ariaLabel = 'Timeline of the tasks';
  const helpText = div('visually-hidden');
  helpText.id = 'timeline-help';
  helpText.textContent = help;
  lanes.setAttribute('aria-describedby', helpText.id);
  const space = div('timeline-space');
  const canvas = document.createElement('canvas');
  canvas.ariaHidden = 'true';
  space.append(canvas);
  lanes.append(space);
  const tip = div('timeline-tip');
  tip.hidden = true;

  const line = div('timeline-details');
  const details = document.createElement('span');
  details.role = 'status';
  const go = button('', 'Go to the line');
  go.className = 'quiet';
  go.hidden = true;
  line.append(details, go);
  const note = div('timeline-note');
  const found = div('timeline-note timeline-found');
  found.role = 'status';
  const table = document.createElement('details');
  table.className = 'timeline-events';

  const { element: key, swatches } = createLegend();
  content.append(bar, found, lanes, tip, line, table, note, key, helpText);
  const empty = document.createElement('p');
  empty.className = 'view-empty';
  root.replaceChildren(empty, content);
  return { fit, follow, closer, wider, save, axis, find, lanes, space, canvas, tip, details, go, note, found, empty, content, table, swatches };
}

function createLegend(): { element: HTMLElement; swatches: Map<string, HTMLElement> } {
  const element = document.createElement('ul');
  element.className = 'timeline-legend';
  element.ariaLabel = 'What the lanes show';
  const swatches = new Map<string, HTMLElement>();
  for (const { name, text } of legend) {
    const item = document.createElement('li');
    const swatch = document.createElement('i');
    swatch.className = `lane-swatch lane-${name}`;
    swatches.set(name, swatch);
    item.append(swatch, text);
    element.append(item);
  }
  for (const [sign, text] of [['▌', 'done'], ['⊘', 'cancelled'], ['✕', 'failed']]) {
    const item = document.createElement('li');
    item.textContent = `${sign} ${text}`;
    element.append(item);
  }
  return { element, swatches };
}

function div(className: string): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  return made;
}
