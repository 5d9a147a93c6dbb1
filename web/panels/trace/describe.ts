import { AWAITED_KINDS, TRACE_KIND, TRACE_NONE, type AwaitedKind, type TracePlace } from '../../protocol/trace.js';
import { formatCount } from '../format.js';
import type { Axis, Lane } from './lane.js';
import { stateText, TASK_STATE } from './task-state.js';
import { untoldSteps, type TaskTrace } from './task-trace.js';

const waitsFor = 'waits for ';
const things: Record<AwaitedKind, string> = {
  future: 'a Future',
  task: 'a Task',
  gather: 'gather()',
  shield: 'shield()',
  wait: 'wait()',
  task_group: 'a TaskGroup',
  sleep: 'sleep()',
  lock: 'a Lock',
  event: 'an Event',
  condition: 'a Condition',
  semaphore: 'a Semaphore',
  barrier: 'a Barrier',
  queue_get: 'get() from a Queue',
  queue_put: 'put() into a Queue',
  queue_join: 'join() of a Queue',
};

export function thingText(kind: AwaitedKind): string {
  return things[kind];
}

/** What a `suspended` record's task waits for. */
export function awaitedText(trace: TaskTrace, record: number): string {
  const kind = AWAITED_KINDS[trace.log.detail(record)];
  if (kind === undefined) return 'something';
  if (kind !== 'task') return things[kind];
  const task = trace.lane(trace.log.b(record));
  return task === undefined ? things.task : `task '${trace.label(task)}'`;
}

/** What a lane does from this record on, in a few words. */
export function doingText(trace: TaskTrace, lane: Lane, index: number): string {
  if (index < 0 || index >= lane.length) return stateText(lane.state);
  const record = lane.record(index);
  const state = trace.log.state(record);
  switch (state) {
    case TASK_STATE.waiting:
      return `${waitsFor}${awaitedAt(trace, lane, index)}`;
    case TASK_STATE.failed:
      return lane.error === undefined || lane.error === '' ? 'failed' : `failed: ${lane.error}`;
    case TASK_STATE.busy:
      return `runs ${formatCount(stepsFrom(trace, lane, index))} steps`;
    default:
      return lane.task === 0 && state === TASK_STATE.running ? 'runs' : stateText(state);
  }
}

/** The same as a label in the drawing, which shows the state itself. */
export function labelText(trace: TaskTrace, lane: Lane, index: number): string {
  const text = doingText(trace, lane, index);
  return text.startsWith(waitsFor) ? text.slice(waitsFor.length) : text;
}

/** A record as an event, for a list of them. */
export function eventText(trace: TaskTrace, lane: Lane, index: number): string {
  const record = lane.record(index);
  const { log } = trace;
  switch (log.kind(record)) {
    case TRACE_KIND.made: {
      const maker = trace.lane(log.b(record));
      return maker === undefined ? 'created' : `created by '${trace.label(maker)}'`;
    }
    case TRACE_KIND.ready: {
      const waker = trace.lane(log.b(record));
      return waker === undefined || waker.task === 0 ? 'ready' : `ready, woken by '${trace.label(waker)}'`;
    }
    case TRACE_KIND.yielded:
      return 'yields, ready again';
    case TRACE_KIND.ran:
      return `ran ${formatCount(log.a(record))} steps`;
    case TRACE_KIND.cancelRequested: {
      const note = trace.note(record);
      const asker = trace.lane(log.b(record));
      const by = asker === undefined || asker.task === 0 ? '' : ` by '${trace.label(asker)}'`;
      return `cancel requested${by}${note === undefined ? '' : `: ${note}`}`;
    }
    case TRACE_KIND.begin:
      return 'tracing begins';
    case TRACE_KIND.end:
      return lane.task === 0 ? 'tracing ends' : 'ended while not traced';
    case TRACE_KIND.callback:
      return `a callback took ${formatSpan(log.a(record))}`;
    case TRACE_KIND.waits:
      return 'idle, waits';
    case TRACE_KIND.wakes:
      return 'resumes';
    default:
      return doingText(trace, lane, index);
  }
}

/** The source place at this record: the co_await, or else the start of its coroutine. */
export function placeAt(trace: TaskTrace, lane: Lane, index: number): TracePlace | undefined {
  for (let at = index; at >= 0 && at < lane.length; at -= 1) {
    const record = lane.record(at);
    const kind = trace.log.kind(record);
    if (kind === TRACE_KIND.suspended || kind === TRACE_KIND.yielded) {
      const place = trace.place(trace.log.a(record));
      if (place !== undefined) return place;
    }
    if (index - at > 16) break;
  }
  return lane.coroutine === TRACE_NONE ? undefined : trace.place(lane.coroutine);
}

export function placeText({ file, line }: TracePlace): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** Formats a position or length on an axis: microseconds, or records. */
export function formatPosition(axis: Axis, value: number): string {
  return axis === 'order' ? `#${formatCount(Math.round(value))}` : formatSpan(value);
}

/** Formats microseconds for display. */
export function formatSpan(microseconds: number): string {
  const size = Math.abs(microseconds);
  if (size < 1e3) return `${trimmed(microseconds, size < 10 ? 1 : 0)} µs`;
  if (size < 1e6) return `${trimmed(microseconds / 1e3, size < 1e5 ? 2 : 1)} ms`;
  if (size < 60e6) return `${trimmed(microseconds / 1e6, size < 1e7 ? 3 : 2)} s`;
  return `${Math.floor(microseconds / 60e6)} min ${trimmed((microseconds % 60e6) / 1e6, 1)} s`;
}

function trimmed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A cancel request does not change the state: the task still waits for what an earlier record names. */
function awaitedAt(trace: TaskTrace, lane: Lane, index: number): string {
  let at = index;
  while (at > 0 && trace.log.kind(lane.record(at)) === TRACE_KIND.cancelRequested) at -= 1;
  return trace.log.kind(lane.record(at)) === TRACE_KIND.suspended ? awaitedText(trace, lane.record(at)) : 'something';
}

function stepsFrom(trace: TaskTrace, lane: Lane, index: number): number {
  for (const at of [index, index + 1]) {
    if (at >= lane.length) break;
    const record = lane.record(at);
    const steps = untoldSteps(trace.log.kind(record), trace.log.a(record), trace.log.b(record));
    if (steps > 0) return steps;
  }
  return 0;
}
