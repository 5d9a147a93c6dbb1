import { TRACE_FIELD, TRACE_KIND, TRACE_NONE, TRACE_RECORD_BYTES, type TraceBatch, type TracePlace } from '../../protocol/trace.js';
import { Lane } from './lane.js';
import { RecordLog } from './record-log.js';
import { taskLabel } from './task-label.js';
import { TASK_STATE, type TaskState } from './task-state.js';

export interface TraceLimits {
  records: number;
  lanes: number;
}

/** 1.5 million records are some 50 MB here. */
const usualLimits: TraceLimits = { records: 1_500_000, lanes: 100_000 };
/** Names and errors may be of any length: longer ones are cut. */
const longestText = 2_000;
/** Maximum number of stored cancel messages, kept by record. */
const keptNotes = 10_000;

/** A run's trace in bounded memory: the newest records, and a lane for each of their tasks. */
export class TaskTrace {
  readonly log: RecordLog;
  readonly #limits: TraceLimits;
  readonly #lanes = new Map<number, Lane>();
  readonly #places = new Map<number, TracePlace>();
  readonly #notes = new Map<number, string>();
  readonly #loop: Lane;
  #list: Lane[] = [];
  /** Existing tasks not yet reported again since a `begin`. */
  #unseen: Set<number> | undefined;
  #seenToCome = 0;
  #gaps: { from: number; to: number }[] = [];
  #revision = 0;
  #droppedLanes = 0;
  #tasks = 0;
  #trimmedTo = 0;
  #lastLoopTime = 0;
  #lastRealTime = 0;
  #badRecords = 0;

  constructor(limits: TraceLimits = usualLimits) {
    this.#limits = limits;
    this.log = new RecordLog(limits.records);
    this.#loop = new Lane(this.log, 0, 'Event loop', -1, 0);
    this.#loop.state = TASK_STATE.running;
    this.#lanes.set(0, this.#loop);
  }

  /** The loop's first, then the tasks' in the order in which they were made. */
  get lanes(): readonly Lane[] {
    return this.#list;
  }

  /** Changes with each batch. */
  get revision(): number {
    return this.#revision;
  }

  get empty(): boolean {
    return this.log.end === 0;
  }

  /** The number of tasks created, whether or not their lane is kept. */
  get tasks(): number {
    return this.#tasks;
  }

  get droppedLanes(): number {
    return this.#droppedLanes;
  }

  get droppedRecords(): number {
    return this.log.first;
  }

  /** The number of invalid records. */
  get badRecords(): number {
    return this.#badRecords;
  }

  /** Tracing gaps, as record numbers from the last before to the first after; `to` is Infinity while it lasts. */
  get gaps(): readonly { from: number; to: number }[] {
    return this.#gaps;
  }

  get lastLoopTime(): number {
    return this.#lastLoopTime;
  }

  get lastRealTime(): number {
    return this.#lastRealTime;
  }

  /** The lane of a task, or with 0 the loop's. */
  lane(task: number): Lane | undefined {
    return this.#lanes.get(task);
  }

  place(number: number): TracePlace | undefined {
    return this.#places.get(number);
  }

  /** What people call the task of a lane. */
  label(lane: Lane): string {
    return lane.task === 0 ? lane.name : taskLabel(lane.name, this.#places.get(lane.coroutine)?.function);
  }

  /** The text of a cancel record, if it has one. */
  note(record: number): string | undefined {
    return this.#notes.get(record);
  }

  add(batch: TraceBatch): void {
    const view = new DataView(batch.records);
    const texts = batch.texts;
    const count = Math.floor(view.byteLength / TRACE_RECORD_BYTES);
    for (let at = 0; at < count * TRACE_RECORD_BYTES; at += TRACE_RECORD_BYTES) {
      this.#take(
        view.getUint8(at + TRACE_FIELD.kind),
        view.getUint8(at + TRACE_FIELD.detail),
        view.getUint32(at + TRACE_FIELD.task, true),
        view.getUint32(at + TRACE_FIELD.a, true),
        view.getUint32(at + TRACE_FIELD.b, true),
        view.getFloat64(at + TRACE_FIELD.loopTime, true),
        view.getFloat64(at + TRACE_FIELD.realTime, true),
        texts,
      );
    }
    this.#revision += 1;
    if (this.log.first > this.#trimmedTo) this.#trim();
    if (this.#lanes.size > this.#limits.lanes * 1.1) this.#dropOldestLanes();
  }

  #take(kind: number, detail: number, task: number, a: number, b: number, loop: number, real: number, texts: string[]): void {
    if (kind === TRACE_KIND.place) {
      this.#places.set(task, { file: text(texts, a), function: text(texts, b), line: loop });
      return;
    }
    this.#lastLoopTime = loop;
    this.#lastRealTime = real;
    if (this.#list.length === 0) this.#list.push(this.#loop);
    if (task === 0) this.#takeOfLoop(kind, a, b, loop, real);
    else this.#takeOfTask(kind, detail, task, a, b, loop, real, texts);
  }

  #takeOfLoop(kind: number, a: number, b: number, loop: number, real: number): void {
    switch (kind) {
      case TRACE_KIND.begin: {
        const gap = this.#gaps.at(-1);
        if (gap !== undefined) gap.to = this.log.end;
        this.#unseen = new Set(this.#list.flatMap((lane) => (lane.task === 0 || lane.ended ? [] : [lane.task])));
        this.#seenToCome = a;
        this.#record(this.#loop, kind, TASK_STATE.running, 0, a, b, loop, real);
        if (a === 0) this.#endUnseen(loop, real);
        break;
      }
      case TRACE_KIND.end:
        this.#record(this.#loop, kind, TASK_STATE.running, 0, a, b, loop, real);
        this.#gaps.push({ from: this.log.end - 1, to: Infinity });
        break;
      case TRACE_KIND.waits:
        this.#record(this.#loop, kind, TASK_STATE.idle, 0, a, b, loop, real);
        break;
      case TRACE_KIND.wakes:
      case TRACE_KIND.callback:
        this.#record(this.#loop, kind, TASK_STATE.running, 0, a, b, loop, real);
        break;
      default:
        this.#badRecords += 1;
    }
  }

  #takeOfTask(kind: number, detail: number, task: number, a: number, b: number, loop: number, real: number, texts: string[]): void {
    if (kind === TRACE_KIND.made) {
      this.#made(detail, task, a, b, loop, real);
      return;
    }
    const lane = this.#lanes.get(task);
    // A task whose lane was dropped, or whose beginning was lost.
    if (lane === undefined) return;
    if (kind === TRACE_KIND.named) {
      lane.name = text(texts, a);
      return;
    }
    if (kind === TRACE_KIND.coroutine) {
      lane.coroutine = a;
      return;
    }
    const state = stateAfter(kind, lane.state);
    if (state === undefined) {
      this.#badRecords += 1;
      return;
    }
    if (kind === TRACE_KIND.failed) lane.error = text(texts, a);
    const untold = untoldSteps(kind, a, b) > 0;
    if (untold && lane.last() >= this.log.first) this.log.setState(lane.last(), TASK_STATE.busy);
    const record = this.#record(lane, kind, state, detail, a, b, loop, real);
    if (kind === TRACE_KIND.cancelRequested && texts[a] !== undefined && texts[a] !== '') this.#remember(record, text(texts, a));
  }

  #made(detail: number, task: number, a: number, b: number, loop: number, real: number): void {
    let lane = this.#lanes.get(task);
    if (lane === undefined) {
      lane = new Lane(this.log, task, `Task-${task}`, a, b);
      this.#lanes.set(task, lane);
      this.#list.push(lane);
      this.#tasks += 1;
      this.#record(lane, TRACE_KIND.made, TASK_STATE.created, detail, a, b, loop, real);
    }
    if (detail !== 1 || this.#unseen === undefined) return;
    this.#unseen.delete(task);
    this.#seenToCome -= 1;
    if (this.#seenToCome <= 0) this.#endUnseen(loop, real);
  }

  /** Tasks from before tracing paused that were not reported again have ended. */
  #endUnseen(loop: number, real: number): void {
    for (const task of this.#unseen ?? []) {
      const lane = this.#lanes.get(task);
      if (lane !== undefined) this.#record(lane, TRACE_KIND.end, TASK_STATE.gone, 0, 0, 0, loop, real);
    }
    this.#unseen = undefined;
  }

  #record(lane: Lane, kind: number, state: TaskState, detail: number, a: number, b: number, loop: number, real: number): number {
    const record = this.log.add(kind, state, detail, a, b, loop, real);
    lane.add(record, state);
    return record;
  }

  #remember(record: number, note: string): void {
    this.#notes.set(record, note);
    if (this.#notes.size <= keptNotes) return;
    for (const oldest of this.#notes.keys()) {
      this.#notes.delete(oldest);
      break;
    }
  }

  #trim(): void {
    this.#trimmedTo = this.log.first;
    for (const lane of this.#list) lane.trim();
    this.#keep((lane) => lane.task === 0 || lane.length > 0 || !lane.ended);
    this.#gaps = this.#gaps.filter((gap) => gap.to > this.log.first);
  }

  /** Drops the ended ones first, then the newest, which have the least to show. */
  #dropOldestLanes(): void {
    let excess = this.#list.length - 1 - this.#limits.lanes;
    this.#keep((lane) => lane.task === 0 || !lane.ended || excess-- <= 0);
    excess = this.#list.length - 1 - this.#limits.lanes;
    const firstTooMany = this.#list.length - excess;
    if (excess > 0) this.#keep((_lane, index) => index < firstTooMany);
  }

  #keep(wanted: (lane: Lane, index: number) => boolean): void {
    const kept = this.#list.filter(wanted);
    if (kept.length === this.#list.length) return;
    this.#droppedLanes += this.#list.length - kept.length;
    this.#list = kept;
    const present = new Set(kept);
    for (const [task, lane] of this.#lanes) if (!present.has(lane)) this.#lanes.delete(task);
  }
}

/** How many steps since its previous record have none of their own. */
export function untoldSteps(kind: number, a: number, b: number): number {
  switch (kind) {
    case TRACE_KIND.ran:
    case TRACE_KIND.running:
    case TRACE_KIND.done:
    case TRACE_KIND.cancelled:
      return a === TRACE_NONE ? 0 : a;
    case TRACE_KIND.failed:
      return b === TRACE_NONE ? 0 : b;
    default:
      return 0;
  }
}

function stateAfter(kind: number, before: TaskState): TaskState | undefined {
  switch (kind) {
    case TRACE_KIND.ready:
    case TRACE_KIND.yielded:
      return TASK_STATE.ready;
    case TRACE_KIND.running:
      return TASK_STATE.running;
    case TRACE_KIND.suspended:
      return TASK_STATE.waiting;
    case TRACE_KIND.ran:
      return TASK_STATE.busy;
    case TRACE_KIND.cancelRequested:
      return before;
    case TRACE_KIND.done:
      return TASK_STATE.done;
    case TRACE_KIND.cancelled:
      return TASK_STATE.cancelled;
    case TRACE_KIND.failed:
      return TASK_STATE.failed;
    default:
      return undefined;
  }
}

function text(texts: string[], index: number): string {
  const whole = texts[index] ?? '';
  return whole.length > longestText ? `${whole.slice(0, longestText)} …` : whole;
}
