import type { TracePlace } from '../../protocol/trace.js';
import { formatCount } from '../format.js';
import { bindGestures } from '../gestures.js';
import { textScale } from '../text-scale.js';
import { doingText, formatPosition, labelText, placeAt, placeText } from '../trace/describe.js';
import type { Axis, Lane } from '../trace/lane.js';
import { hasRuntimesName } from '../trace/task-label.js';
import { isEnd, TASK_STATE } from '../trace/task-state.js';
import type { TaskTrace } from '../trace/task-trace.js';
import { chromeTraceFile } from './chrome-trace.js';
import { EventTable } from './event-table.js';
import { axisHeight, laneHeight, Painter } from './painter.js';
import { readPalette, type Palette } from './palette.js';
import { createTimelineElements, type TimelineElements } from './timeline-elements.js';
import { Viewport } from './viewport.js';

export interface TimelineActions {
  canGoTo(file: string): boolean;
  goTo(place: TracePlace): void;
  /** Offers a file for download. */
  save(content: Blob): void;
}

/** How fast the clocks advance while the program is silent: 1 as real time, 0 not at all. */
export interface Pace {
  loop: number;
  real: number;
}

interface Selection {
  task: number;
  /** The number of a record; -1 if the task's are all dropped. */
  record: number;
}

const zoomStep = 1.6;
const shortest: Record<Axis, number> = { loop: 20, real: 20, order: 8 };
const slackPixels = 3;
/** Frame interval while the loop waits: no records arrive, but the drawing advances. */
const idleFrameMs = 100;

/** Draws a trace, lane by lane, with zoom, selection and search. */
export class TimelineView {
  readonly #elements: TimelineElements;
  readonly #actions: TimelineActions;
  readonly #painter: Painter | undefined;
  readonly #table: EventTable;
  #trace: TaskTrace | undefined;
  #axis: Axis = 'loop';
  #viewport = new Viewport(shortest.loop);
  #lanes: readonly Lane[] = [];
  #lanesRevision = -1;
  #selected: Selection | undefined;
  #hovered: { task: number; index: number; x: number; y: number } | undefined;
  #palette: Palette | undefined;
  /** CSS pixels for each unit of the drawing. */
  #scale = textScale();
  #pace: Pace | undefined;
  #arrivedAt = 0;
  #frame: number | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement, actions: TimelineActions) {
    this.#elements = createTimelineElements(root);
    this.#actions = actions;
    const context = this.#elements.canvas.getContext('2d', { alpha: false });
    this.#painter = context === null ? undefined : new Painter(context);
    this.#table = new EventTable(this.#elements.table, (index) => this.#selectIndex(index));
    this.#bind();
    this.say('Run a program while this tab is open: its tasks appear here, each in a lane.');
  }

  /** Shown instead of a trace. */
  say(text: string): void {
    this.#elements.empty.textContent = text;
    this.#elements.empty.hidden = false;
    this.#elements.content.hidden = true;
  }

  /** Shows another trace: resets the selection and the position. */
  show(trace: TaskTrace): void {
    this.#trace = trace;
    this.#lanesRevision = -1;
    this.#selected = undefined;
    this.#hovered = undefined;
    this.#viewport = new Viewport(shortest[this.#axis]);
    this.#elements.lanes.scrollTop = 0;
    this.#table.clear();
    this.#describe();
    this.changed();
  }

  /** The trace has grown. */
  changed(): void {
    this.#arrivedAt = performance.now();
    if (this.#trace !== undefined && !this.#trace.empty && this.#elements.content.hidden) {
      this.#elements.empty.hidden = true;
      this.#elements.content.hidden = false;
    }
    this.redraw();
  }

  /** Undefined: the run is over. */
  setPace(pace: Pace | undefined): void {
    this.#pace = pace;
    this.#arrivedAt = performance.now();
    this.#describe();
    this.redraw();
  }

  /** Call also after the panel was hidden, or the theme changed. */
  redraw(): void {
    if (this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #bind(): void {
    const { fit, follow, closer, wider, save, axis, find, lanes, go } = this.#elements;
    fit.addEventListener('click', () => this.#view((viewport) => viewport.fit()));
    follow.addEventListener('click', () => this.#toggleFollow());
    closer.addEventListener('click', () => this.#view((viewport) => viewport.zoom(zoomStep, 0.5)));
    wider.addEventListener('click', () => this.#view((viewport) => viewport.zoom(1 / zoomStep, 0.5)));
    save.addEventListener('click', () => void this.#save());
    axis.addEventListener('change', () => this.#setAxis(axis.value as Axis));
    find.addEventListener('input', () => {
      this.#lanesRevision = -1;
      lanes.scrollTop = 0;
      this.redraw();
    });
    go.addEventListener('click', () => this.#goToSelected());
    lanes.addEventListener('scroll', () => {
      this.#point(undefined);
      this.redraw();
    });
    lanes.addEventListener('keydown', (event) => this.#press(event));
    new ResizeObserver(() => this.redraw()).observe(lanes);
    const repaint = (): void => {
      this.#palette = undefined;
      this.redraw();
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributes: true });
    bindGestures(lanes, {
      zoom: (factor, { x }) => this.#view((viewport) => viewport.zoom(factor, this.#part(x))),
      pan: (x, y) => {
        lanes.scrollTop += y;
        if (x !== 0) this.#view((viewport) => viewport.pan(x / this.#drawnWidth()));
      },
      press: (x, y, touch) => this.#pick(x, y, touch),
      point: (at) => this.#point(at),
    });
  }

  #view(change: (viewport: Viewport) => void): void {
    change(this.#viewport);
    this.redraw();
  }

  #toggleFollow(): void {
    this.#view((viewport) => (viewport.follow === 'newest' ? viewport.stay() : viewport.followNewest()));
  }

  #setAxis(axis: Axis): void {
    this.#axis = axis;
    this.#viewport = new Viewport(shortest[axis]);
    this.#describe();
    this.redraw();
  }

  async #save(): Promise<void> {
    const { save } = this.#elements;
    if (this.#trace === undefined) return;
    save.disabled = true;
    try {
      this.#actions.save(await chromeTraceFile(this.#trace, nextTask));
    } finally {
      save.disabled = false;
    }
  }

  // Geometry.

  get #gutter(): number {
    return (this.#elements.lanes.clientWidth < 480 * this.#scale ? 88 : 132) * this.#scale;
  }

  get #laneHeight(): number {
    return laneHeight * this.#scale;
  }

  get #axisHeight(): number {
    return axisHeight * this.#scale;
  }

  #drawnWidth(): number {
    return Math.max(1, this.#elements.lanes.clientWidth - this.#gutter);
  }

  /** As a fraction of the drawn part, from 0 at the left to 1. */
  #part(x: number): number {
    return Math.min(1, Math.max(0, (x - this.#gutter) / this.#drawnWidth()));
  }

  #origin(trace: TaskTrace): number {
    if (this.#axis === 'order') return 0;
    const { log } = trace;
    return log.first === 0 ? this.#firstPosition(trace) : 0;
  }

  #firstPosition({ log }: TaskTrace): number {
    if (log.first === log.end) return 0;
    switch (this.#axis) {
      case 'order':
        return log.first;
      case 'loop':
        return log.loopTime(log.first);
      case 'real':
        return log.realTime(log.first);
    }
  }

  #edge(trace: TaskTrace): number {
    const passed = this.#pace === undefined ? 0 : (performance.now() - this.#arrivedAt) * 1000;
    switch (this.#axis) {
      case 'order':
        return trace.log.end;
      case 'loop':
        return trace.lastLoopTime + passed * (this.#pace?.loop ?? 0);
      case 'real':
        return trace.lastRealTime + passed * (this.#pace?.real ?? 0);
    }
  }

  #laneAt(y: number): Lane | undefined {
    if (y < this.#axisHeight) return undefined;
    return this.#lanes[Math.floor((y - this.#axisHeight + this.#elements.lanes.scrollTop) / this.#laneHeight)];
  }

  /** The record whose state is drawn there; prefers an adjacent step, which is easier to hit. */
  #indexAt(trace: TaskTrace, lane: Lane, x: number): number {
    const perPixel = (this.#viewport.to - this.#viewport.from) / this.#drawnWidth();
    const position = this.#viewport.from + (x - this.#gutter) * perPixel;
    const last = lane.indexAt(position + slackPixels * perPixel, this.#axis);
    for (let index = last; index > last - 12 && index >= 0; index -= 1) {
      if (lane.at(index, this.#axis) < position - slackPixels * perPixel) break;
      if (trace.log.state(lane.record(index)) === TASK_STATE.running) return index;
    }
    return lane.indexAt(position, this.#axis);
  }

  // Drawing.

  #draw(): void {
    clearTimeout(this.#idle);
    const { lanes, canvas, space } = this.#elements;
    const trace = this.#trace;
    const { clientWidth: width, clientHeight: height } = lanes;
    if (trace === undefined || trace.empty || this.#painter === undefined || width === 0 || height === 0) return;
    this.#listLanes(trace);
    const scale = textScale();
    if (scale !== this.#scale) this.#palette = undefined;
    this.#scale = scale;
    space.style.height = `${this.#axisHeight + this.#lanes.length * this.#laneHeight}px`;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      this.#palette = undefined;
    }
    const edge = this.#edge(trace);
    this.#viewport.setWhole(this.#firstPosition(trace), edge);
    this.#palette ??= readPalette(lanes, this.#elements.swatches, ratio * scale);
    this.#painter.paint(
      {
        trace,
        axis: this.#axis,
        from: this.#viewport.from,
        to: this.#viewport.to,
        edge,
        origin: this.#origin(trace),
        lanes: this.#lanes,
        scrollTop: lanes.scrollTop / scale,
        width: width / scale,
        height: height / scale,
        gutter: this.#gutter / scale,
        selected: this.#selectedIndex(),
        hovered: this.#hovered,
        label: (lane, index) => labelText(trace, lane, index),
      },
      this.#palette,
      ratio * scale,
    );
    this.#showState(trace);
    if (this.#pace !== undefined && this.#axis !== 'order') this.#idle = setTimeout(() => this.redraw(), idleFrameMs);
  }

  #listLanes(trace: TaskTrace): void {
    if (this.#lanesRevision === trace.revision) return;
    this.#lanesRevision = trace.revision;
    const wanted = this.#elements.find.value.trim().toLowerCase();
    this.#lanes =
      wanted === ''
        ? trace.lanes
        : trace.lanes.filter(
            (lane) =>
              trace.label(lane).toLowerCase().includes(wanted) ||
              (trace.place(lane.coroutine)?.function.toLowerCase().includes(wanted) ?? false),
          );
  }

  #showState(trace: TaskTrace): void {
    const { fit, follow, note, found, find } = this.#elements;
    follow.ariaPressed = String(this.#viewport.follow === 'newest');
    fit.ariaPressed = String(this.#viewport.follow === 'all');
    const said: string[] = [];
    setText(found, find.value.trim() === '' ? '' : `${formatCount(this.#lanes.length)} of ${formatCount(trace.lanes.length)} lanes`);
    if (trace.droppedRecords > 0) said.push(`the oldest ${formatCount(trace.droppedRecords)} events were dropped`);
    if (trace.droppedLanes > 0) said.push(`${formatCount(trace.droppedLanes)} of ${formatCount(trace.tasks)} tasks no longer have a lane`);
    setText(note, said.join(' · '));
  }

  // Selection.

  #selectedIndex(): { task: number; index: number } | undefined {
    const lane = this.#selectedLane();
    if (lane === undefined || this.#selected === undefined) return undefined;
    return { task: lane.task, index: Math.min(lane.firstFrom(this.#selected.record, 'order'), lane.length - 1) };
  }

  #selectedLane(): Lane | undefined {
    return this.#selected === undefined ? undefined : this.#trace?.lane(this.#selected.task);
  }

  #select(lane: Lane, index: number): void {
    this.#selected = { task: lane.task, record: index >= 0 ? lane.record(index) : -1 };
    this.#viewport.stay();
    if (index >= 0) this.#viewport.reveal(lane.at(index, this.#axis));
    this.#revealLane(lane);
    this.#describe();
    this.redraw();
  }

  #selectIndex(index: number): void {
    const lane = this.#selectedLane();
    if (lane !== undefined) this.#select(lane, index);
  }

  #revealLane(lane: Lane): void {
    const { lanes } = this.#elements;
    const at = this.#lanes.indexOf(lane);
    if (at < 0) return;
    const top = at * this.#laneHeight;
    const room = lanes.clientHeight - this.#axisHeight;
    if (top < lanes.scrollTop) lanes.scrollTop = top;
    else if (top + this.#laneHeight > lanes.scrollTop + room) lanes.scrollTop = top + this.#laneHeight - room;
  }

  #describe(): void {
    const { details, go } = this.#elements;
    const trace = this.#trace;
    const selected = this.#selectedIndex();
    const lane = this.#selectedLane();
    if (trace === undefined || selected === undefined || lane === undefined) {
      setText(details, '');
      go.hidden = true;
      this.#table.clear();
      return;
    }
    const count = lane.length > 0 ? ` · event ${formatCount(selected.index + 1)} of ${formatCount(lane.length)}` : '';
    setText(details, `${this.#text(trace, lane, selected.index)}${count}`);
    const place = placeAt(trace, lane, selected.index);
    go.hidden = place === undefined || !this.#actions.canGoTo(place.file);
    if (place !== undefined) go.textContent = placeText(place);
    this.#table.show(trace, lane, selected.index, this.#axis, this.#origin(trace));
  }

  /** "worker · Task-3: waits for a Lock, from 1.2 ms for 300 ms", and "first, worker: …" of a task with a name. */
  #text(trace: TaskTrace, lane: Lane, index: number): string {
    const coroutine = trace.place(lane.coroutine)?.function;
    const named = lane.task !== 0 && !hasRuntimesName(lane.name);
    const who = named && coroutine !== undefined && coroutine !== '' ? `${lane.name}, ${coroutine}` : trace.label(lane);
    const text = `${who}: ${doingText(trace, lane, index)}`;
    if (index < 0 || index >= lane.length) return text;
    const begin = lane.at(index, this.#axis);
    const at = formatPosition(this.#axis, begin - this.#origin(trace));
    if (isEnd(trace.log.state(lane.record(index)))) return `${text}, at ${at}`;
    if (this.#axis === 'order') return `${text}, from ${at}`;
    const over = index + 1 < lane.length;
    const length = (over ? lane.at(index + 1, this.#axis) : this.#edge(trace)) - begin;
    return `${text}, from ${at} for ${formatPosition(this.#axis, length)}${over || this.#pace === undefined ? '' : ' so far'}`;
  }

  #goToSelected(): void {
    const trace = this.#trace;
    const selected = this.#selectedIndex();
    const lane = this.#selectedLane();
    if (trace === undefined || selected === undefined || lane === undefined) return;
    const place = placeAt(trace, lane, selected.index);
    if (place !== undefined && this.#actions.canGoTo(place.file)) this.#actions.goTo(place);
  }

  // Mouse and touch.

  #pick(x: number, y: number, touch: boolean): void {
    const lane = this.#laneAt(y);
    if (this.#trace === undefined || lane === undefined) return;
    const onName = x < this.#gutter;
    this.#select(lane, onName ? 0 : Math.max(0, this.#indexAt(this.#trace, lane, x)));
    // A tap only selects: going to the line needs a second tap, so that the page does not jump.
    if (!touch) this.#goToSelected();
  }

  #point(at: { x: number; y: number } | undefined): void {
    const { tip, lanes } = this.#elements;
    const lane = at === undefined ? undefined : this.#laneAt(at.y);
    const trace = this.#trace;
    if (at === undefined || trace === undefined || lane === undefined) {
      if (this.#hovered === undefined) return;
      this.#hovered = undefined;
      tip.hidden = true;
      this.redraw();
      return;
    }
    const index = at.x < this.#gutter ? 0 : this.#indexAt(trace, lane, at.x);
    this.#hovered = { task: lane.task, index, ...at };
    const place = placeAt(trace, lane, index);
    tip.textContent = `${this.#text(trace, lane, index)}${place === undefined ? '' : ` · ${placeText(place)}`}`;
    tip.hidden = index < 0 && lane.length > 0;
    const room = lanes.clientWidth - tip.offsetWidth - 4;
    tip.style.left = `${Math.max(4, Math.min(at.x + 12, room))}px`;
    const below = at.y + 22;
    tip.style.top = `${lanes.offsetTop + (below + tip.offsetHeight > lanes.clientHeight ? at.y - tip.offsetHeight - 10 : below)}px`;
    this.redraw();
  }

  // Keyboard.

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const acted = event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      ? this.#panByKey(event.key)
      : this.#actOn(event.key);
    if (acted) event.preventDefault();
  }

  #panByKey(key: string): boolean {
    this.#view((viewport) => viewport.pan(key === 'ArrowLeft' ? -0.2 : 0.2));
    return true;
  }

  #actOn(key: string): boolean {
    switch (key) {
      case 'ArrowUp':
        return this.#moveLane(-1);
      case 'ArrowDown':
        return this.#moveLane(1);
      case 'PageUp':
        return this.#moveLane(-this.#page());
      case 'PageDown':
        return this.#moveLane(this.#page());
      case 'ArrowLeft':
        return this.#moveEvent((index) => index - 1);
      case 'ArrowRight':
        return this.#moveEvent((index) => index + 1);
      case 'Home':
        return this.#moveEvent(() => 0);
      case 'End':
        return this.#moveEvent((_index, count) => count - 1);
      case 'Enter':
        this.#goToSelected();
        return true;
      case '+':
      case '=':
        return this.#zoomByKey(zoomStep);
      case '-':
        return this.#zoomByKey(1 / zoomStep);
      case 'f':
      case 'F':
        this.#view((viewport) => viewport.fit());
        return true;
      case 'l':
      case 'L':
        this.#toggleFollow();
        return true;
      default:
        return false;
    }
  }

  #page(): number {
    return Math.max(1, Math.floor((this.#elements.lanes.clientHeight - this.#axisHeight) / this.#laneHeight) - 1);
  }

  #moveLane(by: number): boolean {
    const current = this.#selectedLane();
    const from = current === undefined ? -1 : this.#lanes.indexOf(current);
    const to = from < 0 ? (by > 0 ? 0 : this.#lanes.length - 1) : Math.min(this.#lanes.length - 1, Math.max(0, from + by));
    const lane = this.#lanes[to];
    if (lane === undefined) return false;
    // Near the previous selection, if that task existed by then.
    const record = this.#selected?.record ?? -1;
    const index = record < 0 ? 0 : Math.max(0, lane.indexAt(record, 'order'));
    this.#select(lane, Math.min(index, lane.length - 1));
    return true;
  }

  #moveEvent(to: (index: number, count: number) => number): boolean {
    const selected = this.#selectedIndex();
    const lane = this.#selectedLane();
    if (selected === undefined || lane === undefined) return this.#moveLane(1);
    if (lane.length > 0) this.#select(lane, Math.min(lane.length - 1, Math.max(0, to(selected.index, lane.length))));
    return true;
  }

  #zoomByKey(factor: number): boolean {
    const selected = this.#selectedIndex();
    const lane = this.#selectedLane();
    const { from, to } = this.#viewport;
    const at = selected === undefined || lane === undefined || lane.length === 0 ? NaN : lane.at(selected.index, this.#axis);
    const anchor = at >= from && at <= to ? (at - from) / (to - from) : 0.5;
    this.#view((viewport) => viewport.zoom(factor, anchor));
    return true;
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Only if changed: a live region would announce it again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
