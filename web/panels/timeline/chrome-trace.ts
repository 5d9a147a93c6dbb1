import { TRACE_KIND } from '../../protocol/trace.js';
import { awaitedText, doingText, eventText, placeAt, placeText } from '../trace/describe.js';
import type { Lane } from '../trace/lane.js';
import { isEnd, stateText, TASK_STATE } from '../trace/task-state.js';
import type { TaskTrace } from '../trace/task-trace.js';

/** The used subset of Google's Trace Event Format. Times are in microseconds. */
export type ChromeTraceEvent =
  /** A complete event: a piece of a lane with its duration. */
  | { ph: 'X'; name: string; cat: string; pid: number; tid: number; ts: number; dur: number; args: Record<string, unknown> }
  /** An instant event of one lane. */
  | { ph: 'i'; s: 't'; name: string; cat: string; pid: number; tid: number; ts: number; args: Record<string, unknown> }
  /** An arrow from the step that woke a task to the resulting step. */
  | { ph: 's' | 'f'; bp?: 'e'; id: number; name: string; cat: string; pid: number; tid: number; ts: number }
  /** The name and position of a lane. */
  | { ph: 'M'; name: string; pid: number; tid: number; ts: number; args: Record<string, unknown> };

const pid = 1;

/** A lane is a thread in the format; 0 is not a valid one. */
function threadOf(task: number): number {
  return task + 1;
}

/** The whole trace by the loop's clock, the one that the program saw. */
export function* chromeTraceEvents(trace: TaskTrace): Generator<ChromeTraceEvent> {
  yield { ph: 'M', name: 'process_name', pid, tid: 0, ts: 0, args: { name: 'asyncio' } };
  let order = 0;
  for (const lane of trace.lanes) {
    const tid = threadOf(lane.task);
    yield { ph: 'M', name: 'thread_name', pid, tid, ts: 0, args: { name: trace.label(lane) } };
    yield { ph: 'M', name: 'thread_sort_index', pid, tid, ts: 0, args: { sort_index: order++ } };
    yield* laneEvents(trace, lane);
  }
}

function* laneEvents(trace: TaskTrace, lane: Lane): Generator<ChromeTraceEvent> {
  const { log } = trace;
  const tid = threadOf(lane.task);
  /** The arrow that ends at the lane's next step. */
  let arrow: number | undefined;
  for (let index = 0; index < lane.length; index += 1) {
    const record = lane.record(index);
    // A running program may have pushed it out since the export started.
    if (record < log.first) continue;
    const kind = log.kind(record);
    const state = log.state(record);
    const ts = log.loopTime(record);
    const place = placeAt(trace, lane, index);
    const args = place === undefined ? {} : { line: placeText(place), coroutine: place.function };
    if (kind === TRACE_KIND.cancelRequested || kind === TRACE_KIND.callback || isEnd(state)) {
      yield { ph: 'i', s: 't', name: isEnd(state) ? doingText(trace, lane, index) : eventText(trace, lane, index), cat: 'event', pid, tid, ts, args };
      if (isEnd(state)) return;
    }
    const until = index + 1 < lane.length ? log.loopTime(lane.record(index + 1)) : trace.lastLoopTime;
    const name = kind === TRACE_KIND.suspended ? awaitedText(trace, record) : lane.task === 0 ? loopText(state) : stateText(state);
    yield { ph: 'X', name, cat: stateText(state), pid, tid, ts, dur: Math.max(0, until - ts), args };
    if (arrow !== undefined && state === TASK_STATE.running) {
      yield { ph: 'f', bp: 'e', id: arrow, name: 'wakes', cat: 'wakes', pid, tid, ts };
      arrow = undefined;
    }
    const waker = kind === TRACE_KIND.ready ? log.b(record) : 0;
    if (waker !== 0 && trace.lane(waker) !== undefined) {
      arrow = record;
      yield { ph: 's', id: arrow, name: 'wakes', cat: 'wakes', pid, tid: threadOf(waker), ts };
    }
  }
}

function loopText(state: number): string {
  return state === TASK_STATE.idle ? 'waits' : 'runs';
}

const eventsPerPiece = 5_000;

/** A file for ui.perfetto.dev. Built in chunks, with a pause after each to keep the page responsive. */
export async function chromeTraceFile(trace: TaskTrace, pause: () => Promise<void>): Promise<Blob> {
  const pieces: string[] = ['{"displayTimeUnit":"ms","traceEvents":[\n'];
  let lines: string[] = [];
  let first = true;
  for (const event of chromeTraceEvents(trace)) {
    lines.push(`${first ? '' : ',\n'}${JSON.stringify(event)}`);
    first = false;
    if (lines.length < eventsPerPiece) continue;
    pieces.push(lines.join(''));
    lines = [];
    await pause();
  }
  pieces.push(lines.join(''), '\n]}\n');
  return new Blob(pieces, { type: 'application/json' });
}
