import type { RecordLog } from './record-log.js';
import { isEnd, TASK_STATE, type TaskState } from './task-state.js';

/** The horizontal position of records: a clock, in microseconds, or their order. */
export type Axis = 'loop' | 'real' | 'order';

/** One task's records, or the loop's. */
export class Lane {
  readonly task: number;
  /** The task that created it; 0: unknown. */
  readonly maker: number;
  /** The number of its coroutine's place, as in the records. */
  coroutine: number;
  name: string;
  /** The error that it failed with. */
  error: string | undefined;
  /** Its state after its last record. */
  state: TaskState = TASK_STATE.created;
  /** How many of its oldest records were dropped. */
  dropped = 0;
  readonly #log: RecordLog;
  #records: number[] = [];
  /** Dropped records not yet removed from the beginning of #records. */
  #stale = 0;

  constructor(log: RecordLog, task: number, name: string, coroutine: number, maker: number) {
    this.#log = log;
    this.task = task;
    this.name = name;
    this.coroutine = coroutine;
    this.maker = maker;
  }

  get length(): number {
    return this.#records.length - this.#stale;
  }

  get ended(): boolean {
    return isEnd(this.state);
  }

  /** The number in the log of this lane's record at this index. */
  record(index: number): number {
    return this.#records[index + this.#stale] ?? -1;
  }

  last(): number {
    return this.#records.at(-1) ?? -1;
  }

  add(record: number, state: TaskState): void {
    this.#records.push(record);
    this.state = state;
  }

  /** The position on the axis of the record at this index. */
  at(index: number, axis: Axis): number {
    const record = this.record(index);
    return axis === 'order' ? record : axis === 'loop' ? this.#log.loopTime(record) : this.#log.realTime(record);
  }

  /** The index of the first record at or after `position`, from `low` on; `length` if there is none. */
  firstFrom(position: number, axis: Axis, low = 0): number {
    let high = this.length;
    // Usually it is near: galloping search, then binary search.
    for (let stride = 1; low + stride < high; stride *= 2) {
      if (this.at(low + stride, axis) >= position) {
        high = low + stride;
        break;
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle, axis) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The index of the record whose state applies at `position`; -1 before the first. */
  indexAt(position: number, axis: Axis): number {
    const index = this.firstFrom(position, axis);
    return index < this.length && this.at(index, axis) === position ? index : index - 1;
  }

  /** Removes records that the log has dropped. */
  trim(): void {
    const { first } = this.#log;
    let stale = this.#stale;
    while (stale < this.#records.length && (this.#records[stale] ?? first) < first) stale += 1;
    this.dropped += stale - this.#stale;
    this.#stale = stale;
    if (stale > 64 && stale * 2 > this.#records.length) {
      this.#records = this.#records.slice(stale);
      this.#stale = 0;
    }
  }
}
