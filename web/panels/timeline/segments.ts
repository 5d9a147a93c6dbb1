import type { Axis, Lane } from '../trace/lane.js';
import type { RecordLog } from '../trace/record-log.js';
import { isEnd, TASK_STATE, type TaskState } from '../trace/task-state.js';
import type { Span } from './viewport.js';

/** Above this many records per pixel, they are not examined one by one. */
const lookedAt = 12;

/** The drawn segments of one lane, from left to right. Reused for each lane, to avoid allocation. */
export class Segments {
  count = 0;
  left = new Float64Array(256);
  right = new Float64Array(256);
  state = new Uint8Array(256);
  /** 1 where several records share a pixel. */
  dense = new Uint8Array(256);
  /** The lane's index of the segment's first record; -1: one that was dropped. */
  index = new Int32Array(256);
  /** Where and how the lane ends; undefined when that is not visible. */
  endsAt: number | undefined;

  add(left: number, right: number, state: TaskState, dense: boolean, index: number): void {
    const previous = this.count - 1;
    if (
      dense &&
      previous >= 0 &&
      this.dense[previous] === 1 &&
      this.state[previous] === state &&
      left - (this.right[previous] ?? 0) < 0.01
    ) {
      this.right[previous] = right;
      return;
    }
    if (this.count === this.left.length) this.#grow();
    this.left[this.count] = left;
    this.right[this.count] = right;
    this.state[this.count] = state;
    this.dense[this.count] = dense ? 1 : 0;
    this.index[this.count] = index;
    this.count += 1;
  }

  clear(): void {
    this.count = 0;
    this.endsAt = undefined;
  }

  #grow(): void {
    const size = this.left.length * 2;
    const wider = <T extends Float64Array | Uint8Array | Int32Array>(old: T, bigger: T): T => {
      bigger.set(old);
      return bigger;
    };
    this.left = wider(this.left, new Float64Array(size));
    this.right = wider(this.right, new Float64Array(size));
    this.state = wider(this.state, new Uint8Array(size));
    this.dense = wider(this.dense, new Uint8Array(size));
    this.index = wider(this.index, new Int32Array(size));
  }
}

export interface Scale extends Span {
  axis: Axis;
  /** The width of the drawing, in pixels. */
  width: number;
  /** The end of the recorded time, up to which an unfinished state is drawn. */
  edge: number;
}

/** Uses galloping search or examines each record: the cost is bounded by the pixels, not by the number of records. */
export function collectSegments(lane: Lane, log: RecordLog, scale: Scale, out: Segments): void {
  out.clear();
  const { axis, from, to, width, edge } = scale;
  const pixels = width / (to - from);
  const count = lane.length;
  if (count === 0) {
    // Its last record was dropped long ago, and its state has not changed since.
    if (!lane.ended) out.add(0, Math.min(width, (edge - from) * pixels), lane.state, false, -1);
    return;
  }
  let index = Math.max(0, lane.indexAt(from, axis));
  /** Everything to the left of this is drawn. */
  let drawn = 0;
  while (index < count) {
    const begin = lane.at(index, axis);
    if (begin > to) break;
    const state = log.state(lane.record(index));
    const left = Math.max(drawn, (begin - from) * pixels);
    if (isEnd(state)) {
      out.endsAt = (begin - from) * pixels;
      break;
    }
    const pixel = Math.floor(left) + 1;
    const boundary = from + pixel / pixels;
    const next = index + 1;
    if (next < count && lane.at(next, axis) < boundary) {
      const after = lane.firstFrom(boundary, axis, next);
      out.add(pixel - 1, pixel, strongest(lane, log, index, after), true, index);
      drawn = pixel;
      // The last one in this pixel continues after it.
      index = after - 1;
      const last = log.state(lane.record(index));
      if (isEnd(last)) {
        out.endsAt = (lane.at(index, axis) - from) * pixels;
        break;
      }
      const until = after < count ? lane.at(after, axis) : edge;
      const right = Math.min(width, (until - from) * pixels);
      if (right - drawn >= 1 || after === count) {
        if (right > drawn) out.add(drawn, right, last, false, index);
        drawn = right;
      }
      index = after;
    } else {
      const until = next < count ? lane.at(next, axis) : edge;
      const right = Math.min(width, (until - from) * pixels);
      if (right > left) out.add(left, right, state, false, index);
      drawn = Math.max(left, right);
      index = next;
    }
  }
}

/** The most significant of several states in one pixel: a step before a wait. */
function strongest(lane: Lane, log: RecordLog, from: number, to: number): TaskState {
  if (to - from > lookedAt) return TASK_STATE.running;
  let best: TaskState = TASK_STATE.created;
  for (let index = from; index < to; index += 1) {
    const state = log.state(lane.record(index));
    if (state === TASK_STATE.running || state === TASK_STATE.busy) return state;
    if (!isEnd(state) && state > best) best = state;
  }
  return best;
}
