import { shorten } from '../../protocol/shorten.js';
import { formatCount } from '../format.js';
import { eventText, formatPosition, placeAt, placeText } from '../trace/describe.js';
import type { Axis, Lane } from '../trace/lane.js';
import type { TaskTrace } from '../trace/task-trace.js';

const rowsShown = 100;

/** A task's events as a table, around the selected one: an accessible alternative to the drawing. */
export class EventTable {
  readonly #root: HTMLDetailsElement;
  readonly #summary = document.createElement('summary');
  readonly #body = document.createElement('div');
  readonly #choose: (index: number) => void;
  #shown: { trace: TaskTrace; lane: Lane; index: number; axis: Axis; origin: number } | undefined;

  constructor(root: HTMLDetailsElement, choose: (index: number) => void) {
    this.#root = root;
    this.#choose = choose;
    this.#body.className = 'timeline-table';
    this.#body.tabIndex = 0;
    this.#body.role = 'region';
    root.append(this.#summary, this.#body);
    root.addEventListener('toggle', () => this.#draw());
    this.clear();
  }

  show(trace: TaskTrace, lane: Lane, index: number, axis: Axis, origin: number): void {
    this.#shown = { trace, lane, index, axis, origin };
    const label = trace.label(lane);
    this.#summary.textContent = `Events of ${shorten(label, 80)} as a table`;
    this.#body.ariaLabel = `Events of ${label}`;
    this.#root.hidden = false;
    this.#draw();
  }

  clear(): void {
    this.#shown = undefined;
    this.#root.hidden = true;
    this.#body.replaceChildren();
  }

  #draw(): void {
    if (!this.#root.open || this.#shown === undefined) return;
    const { trace, lane, index, axis, origin } = this.#shown;
    const from = Math.max(0, Math.min(index - rowsShown / 2, lane.length - rowsShown));
    const to = Math.min(lane.length, from + rowsShown);
    const table = document.createElement('table');
    const caption = table.createCaption();
    caption.textContent =
      lane.length > rowsShown
        ? `Events ${formatCount(from + 1)} to ${formatCount(to)} of ${formatCount(lane.length)}`
        : `${formatCount(lane.length)} events`;
    const head = table.createTHead().insertRow();
    for (const title of [axis === 'order' ? 'Event' : 'Time', 'What', 'Line']) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = title;
      head.append(cell);
    }
    const body = table.createTBody();
    for (let at = from; at < to; at += 1) {
      const row = body.insertRow();
      if (at === index) row.ariaCurrent = 'true';
      const choose = document.createElement('button');
      choose.type = 'button';
      choose.className = 'quiet';
      choose.textContent = formatPosition(axis, lane.at(at, axis) - origin);
      choose.addEventListener('click', () => this.#choose(at));
      row.insertCell().append(choose);
      row.insertCell().textContent = eventText(trace, lane, at);
      const place = placeAt(trace, lane, at);
      row.insertCell().textContent = place === undefined ? '' : placeText(place);
    }
    this.#body.replaceChildren(table);
  }
}
