import { formatPosition } from '../trace/describe.js';
import type { Axis, Lane } from '../trace/lane.js';
import { fitLabel } from '../trace/task-label.js';
import { TASK_STATE } from '../trace/task-state.js';
import type { TaskTrace } from '../trace/task-trace.js';
import type { Palette } from './palette.js';
import { collectSegments, Segments } from './segments.js';
import { ticks } from './ticks.js';

export const laneHeight = 22;
export const axisHeight = 22;
const barHeight = 14;
const barTop = (laneHeight - barHeight) / 2;
/** Narrower pieces have one colour and no label. */
const patternFrom = 4;
const labelFrom = 48;
/** A longer text cut to fewer letters is useless. */
const shortestLabel = 7;

export interface Scene {
  trace: TaskTrace;
  axis: Axis;
  from: number;
  to: number;
  edge: number;
  /** The zero of the displayed times. */
  origin: number;
  lanes: readonly Lane[];
  scrollTop: number;
  width: number;
  height: number;
  /** The width of the left part with the names. */
  gutter: number;
  selected: { task: number; index: number } | undefined;
  hovered: { task: number; index: number } | undefined;
  /** The label of a piece that is wide enough. */
  label(lane: Lane, index: number): string;
}

/** Draws the visible part of the lanes. The cost depends on the size of the drawing, not of the trace. */
export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #segments = new Segments();
  readonly #names = new WeakMap<Lane, { label: string; width: number; text: string }>();

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  paint(scene: Scene, palette: Palette, pixelRatio: number): void {
    const context = this.#context;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.fillStyle = palette.background;
    context.fillRect(0, 0, scene.width, scene.height);
    context.font = '12px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const first = Math.max(0, Math.floor(scene.scrollTop / laneHeight));
    const past = Math.min(scene.lanes.length, Math.ceil((scene.scrollTop + scene.height - axisHeight) / laneHeight));
    this.#grid(scene, palette);
    for (let at = first; at < past; at += 1) {
      const lane = scene.lanes[at];
      if (lane !== undefined) this.#lane(scene, palette, lane, axisHeight + at * laneHeight - scene.scrollTop);
    }
    this.#gaps(scene, palette);
    this.#axis(scene, palette);
  }

  #lane(scene: Scene, palette: Palette, lane: Lane, top: number): void {
    const context = this.#context;
    const { gutter, width } = scene;
    const selected = scene.selected?.task === lane.task ? scene.selected : undefined;
    if (selected !== undefined) {
      context.globalAlpha = 0.12;
      context.fillStyle = palette.accent;
      context.fillRect(0, top, width, laneHeight);
      context.globalAlpha = 1;
      context.fillStyle = palette.accent;
      context.fillRect(0, top, 3, laneHeight);
    }
    context.save();
    context.beginPath();
    context.rect(gutter, top, width - gutter, laneHeight);
    context.clip();
    context.translate(gutter, 0);
    const segments = this.#segments;
    const { axis, from, to, edge, trace } = scene;
    collectSegments(lane, trace.log, { axis, from, to, edge, width: width - gutter }, segments);
    this.#bars(scene, palette, lane, top);
    if (segments.endsAt !== undefined) this.#end(palette, lane, segments.endsAt, top, scene);
    if (selected !== undefined) this.#frame(segments, selected.index, top, palette.text);
    if (scene.hovered?.task === lane.task) this.#frame(segments, scene.hovered.index, top, palette.muted);
    context.restore();
    context.fillStyle = lane.ended ? palette.muted : palette.text;
    context.fillText(this.#name(scene.trace.label(lane), lane, gutter - 14), 8, top + laneHeight / 2);
  }

  #bars(scene: Scene, palette: Palette, lane: Lane, top: number): void {
    const context = this.#context;
    const { count, left, right, state, dense, index } = this.#segments;
    for (let at = 0; at < count; at += 1) {
      const x = left[at] ?? 0;
      const wide = Math.max(1, (right[at] ?? 0) - x);
      const is = state[at] ?? 0;
      if (dense[at] === 1) {
        // Steps with waits too short to show separately: drawn lower than one long step.
        context.fillStyle = palette.solid[is === TASK_STATE.running || is === TASK_STATE.busy ? TASK_STATE.waiting : is] ?? '';
        context.fillRect(x, top + barTop, wide, barHeight);
        context.fillStyle = palette.solid[is] ?? '';
        context.fillRect(x, top + barTop + 3, wide, barHeight - 3);
        continue;
      }
      context.fillStyle = (wide < patternFrom ? palette.solid[is] : palette.fill[is]) ?? '';
      context.fillRect(x, top + barTop, wide, barHeight);
      if (wide >= labelFrom) this.#label(scene.label(lane, index[at] ?? -1), x, wide, top, palette, is);
    }
  }

  #label(text: string, x: number, wide: number, top: number, palette: Palette, state: number): void {
    const context = this.#context;
    const room = wide - 10;
    const shown = fitted(context, text.slice(0, Math.ceil(room / 4)), room);
    if (shown.length < Math.min(text.length, shortestLabel)) return;
    if (state !== TASK_STATE.running && state !== TASK_STATE.busy) {
      // A plain background for the label: stripes make it hard to read.
      context.fillStyle = palette.background;
      context.fillRect(x + 3, top + barTop + 1, context.measureText(shown).width + 4, barHeight - 2);
    }
    context.fillStyle = palette.ink[state] ?? '';
    context.fillText(shown, x + 5, top + laneHeight / 2 + 0.5);
  }

  /** Marks how a task ended, by a symbol as well as by colour. */
  #end(palette: Palette, lane: Lane, x: number, top: number, scene: Scene): void {
    const context = this.#context;
    const middle = top + laneHeight / 2;
    context.lineWidth = 2;
    context.fillStyle = lane.state === TASK_STATE.failed ? palette.bad : palette.text;
    context.strokeStyle = context.fillStyle;
    context.beginPath();
    switch (lane.state) {
      case TASK_STATE.failed:
        context.moveTo(x + 1, middle - 4);
        context.lineTo(x + 9, middle + 4);
        context.moveTo(x + 9, middle - 4);
        context.lineTo(x + 1, middle + 4);
        context.stroke();
        break;
      case TASK_STATE.cancelled:
        context.arc(x + 6, middle, 4, 0, 2 * Math.PI);
        context.moveTo(x + 3, middle + 3);
        context.lineTo(x + 9, middle - 3);
        context.stroke();
        break;
      case TASK_STATE.done:
        context.fillRect(x, top + barTop, 3, barHeight);
        return;
      default:
        return;
    }
    const room = scene.width - scene.gutter - x - 14;
    if (room > labelFrom) context.fillText(fitted(context, scene.label(lane, lane.length - 1).slice(0, 120), room), x + 14, middle + 0.5);
  }

  #frame({ count, left, right, index }: Segments, wanted: number, top: number, colour: string): void {
    for (let at = 0; at < count; at += 1) {
      const next = at + 1 < count ? (index[at + 1] ?? 0) : Infinity;
      if (wanted < (index[at] ?? 0) || wanted >= next) continue;
      const context = this.#context;
      context.strokeStyle = colour;
      context.lineWidth = 2;
      const x = left[at] ?? 0;
      context.strokeRect(x, top + barTop - 1, Math.max(3, (right[at] ?? 0) - x), barHeight + 2);
      return;
    }
  }

  #name(label: string, lane: Lane, width: number): string {
    const known = this.#names.get(lane);
    if (known?.label === label && known.width === width) return known.text;
    const text = fitLabel(label, (part) => this.#context.measureText(part).width <= width);
    this.#names.set(lane, { label, width, text });
    return text;
  }

  #grid(scene: Scene, palette: Palette): void {
    const context = this.#context;
    context.fillStyle = palette.line;
    for (const x of this.#ticks(scene).map(({ x }) => x)) context.fillRect(Math.round(x), axisHeight, 1, scene.height);
    context.fillRect(scene.gutter - 1, 0, 1, scene.height);
  }

  #axis(scene: Scene, palette: Palette): void {
    const context = this.#context;
    context.fillStyle = palette.background;
    context.fillRect(0, 0, scene.width, axisHeight);
    context.fillStyle = palette.line;
    context.fillRect(0, axisHeight - 1, scene.width, 1);
    context.fillStyle = palette.muted;
    for (const { x, text } of this.#ticks(scene)) {
      context.fillRect(Math.round(x), axisHeight - 6, 1, 5);
      if (x + context.measureText(text).width < scene.width) context.fillText(text, x + 3, axisHeight / 2 - 1);
    }
  }

  #ticks({ from, to, gutter, width, origin, axis }: Scene): { x: number; text: string }[] {
    const pixels = (width - gutter) / (to - from);
    const { positions } = ticks(from - origin, to - origin, 84 / pixels);
    return positions.map((at) => ({ x: gutter + (at + origin - from) * pixels, text: formatPosition(axis, at) }));
  }

  /** Gaps in which the trace was not recorded. */
  #gaps(scene: Scene, palette: Palette): void {
    const context = this.#context;
    const { trace, axis, gutter, from, to, width, height } = scene;
    const pixels = (width - gutter) / (to - from);
    const place = (record: number, otherwise: number): number => {
      if (record < trace.log.first || record >= trace.log.end) return otherwise;
      const at = axis === 'order' ? record : axis === 'loop' ? trace.log.loopTime(record) : trace.log.realTime(record);
      return gutter + (at - from) * pixels;
    };
    for (const gap of trace.gaps) {
      const left = Math.max(gutter, place(gap.from, gutter));
      const right = Math.min(width, place(gap.to, width));
      if (right - left < 1) continue;
      context.fillStyle = palette.background;
      context.fillRect(left, axisHeight, right - left, height);
      context.fillStyle = palette.muted;
      if (right - left > 70) context.fillText('not traced', left + 6, axisHeight + 12);
      context.fillRect(left, axisHeight, 1, height);
    }
  }
}

/** As much of the text as fits. */
function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let shown = text.length;
  while (shown > 0 && context.measureText(`${text.slice(0, shown)}…`).width > room) {
    shown = Math.min(shown - 1, Math.floor(shown * 0.9));
  }
  return shown > 0 ? `${text.slice(0, shown)}…` : '';
}
