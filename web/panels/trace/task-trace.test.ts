import { describe, expect, test } from '@jest/globals';
import { AWAITED_KINDS, TRACE_KIND } from '../../protocol/trace.js';
import { doingText, eventText, formatSpan, placeAt } from './describe.js';
import { TASK_STATE } from './task-state.js';
import { TaskTrace } from './task-trace.js';
import { TraceWriter } from './trace-writer.js';

const lock = AWAITED_KINDS.indexOf('lock');
const onTask = AWAITED_KINDS.indexOf('task');

function oneTask(): { trace: TaskTrace; writer: TraceWriter } {
  const writer = new TraceWriter();
  const body = writer.place('main.cpp', 3, 'worker');
  const wait = writer.place('main.cpp', 5, 'worker');
  writer
    .record(TRACE_KIND.begin, 0, { a: 0 })
    .record(TRACE_KIND.made, 1, { a: body, at: 10 })
    .record(TRACE_KIND.named, 1, { a: writer.text('first'), at: 10 })
    .record(TRACE_KIND.ready, 1, { at: 10 })
    .record(TRACE_KIND.running, 1, { at: 20 })
    .record(TRACE_KIND.suspended, 1, { detail: lock, a: wait, b: 77, at: 30 });
  const trace = new TaskTrace();
  trace.add(writer.batch());
  return { trace, writer };
}

describe('a trace', () => {
  test('has a lane for the loop and one for each task, with its name', () => {
    const { trace } = oneTask();
    expect(trace.lanes.map(({ name }) => name)).toEqual(['Event loop', 'first']);
  });

  test('calls a task without a name of its own by its coroutine as well', () => {
    const { trace, writer } = oneTask();
    const body = writer.place('main.cpp', 12, 'consumer');
    trace.add(writer.record(TRACE_KIND.made, 2, { a: body, at: 50 }).record(TRACE_KIND.made, 3, { a: body, b: 2, at: 51 }).batch());
    expect(trace.lanes.map((lane) => trace.label(lane))).toEqual(['Event loop', 'first', 'consumer · Task-2', 'consumer · Task-3']);
    const lane = trace.lane(3);
    if (lane === undefined) throw new Error('no lane');
    expect(eventText(trace, lane, 0)).toBe("created by 'consumer · Task-2'");
  });

  test('knows how a task stands, and where', () => {
    const { trace, writer } = oneTask();
    const lane = trace.lane(1);
    if (lane === undefined) throw new Error('no lane');
    expect(lane.state).toBe(TASK_STATE.waiting);
    expect(doingText(trace, lane, lane.length - 1)).toBe('waits for a Lock');
    expect(placeAt(trace, lane, lane.length - 1)).toEqual({ file: 'main.cpp', line: 5, function: 'worker' });
    expect(placeAt(trace, lane, 0)).toEqual({ file: 'main.cpp', line: 3, function: 'worker' });
    trace.add(writer.record(TRACE_KIND.failed, 1, { a: writer.text('ValueError: no such key'), at: 40 }).batch());
    expect(lane.ended).toBe(true);
    expect(doingText(trace, lane, lane.length - 1)).toBe('failed: ValueError: no such key');
  });

  test('names the task that another waits for, and the one that woke it', () => {
    const { trace, writer } = oneTask();
    writer.record(TRACE_KIND.made, 2, { at: 50 }).record(TRACE_KIND.suspended, 2, { detail: onTask, b: 1, at: 51 });
    writer.record(TRACE_KIND.ready, 2, { b: 1, at: 52 });
    trace.add(writer.batch());
    const lane = trace.lane(2);
    if (lane === undefined) throw new Error('no lane');
    expect(doingText(trace, lane, 1)).toBe("waits for task 'first'");
    expect(eventText(trace, lane, 2)).toBe("ready, woken by 'first'");
  });

  test('tells a request to cancel, and that the task still waits', () => {
    const { trace, writer } = oneTask();
    trace.add(writer.record(TRACE_KIND.cancelRequested, 1, { a: writer.text('enough'), at: 60 }).batch());
    const lane = trace.lane(1);
    if (lane === undefined) throw new Error('no lane');
    expect(eventText(trace, lane, lane.length - 1)).toBe('cancel requested: enough');
    expect(doingText(trace, lane, lane.length - 1)).toBe('waits for a Lock');
  });

  test('counts steps that were not told one by one', () => {
    const { trace, writer } = oneTask();
    writer.record(TRACE_KIND.running, 1, { at: 60 }).record(TRACE_KIND.ran, 1, { a: 4000, at: 90 });
    trace.add(writer.record(TRACE_KIND.ready, 1, { at: 90 }).batch());
    const lane = trace.lane(1);
    if (lane === undefined) throw new Error('no lane');
    const index = lane.indexAt(70, 'loop');
    expect(trace.log.state(lane.record(index))).toBe(TASK_STATE.busy);
    expect(doingText(trace, lane, index)).toBe('runs 4,000 steps');
  });

  test('counts the steps before a step that is told', () => {
    const { trace, writer } = oneTask();
    trace.add(writer.record(TRACE_KIND.running, 1, { a: 12, at: 60 }).record(TRACE_KIND.running, 1, { a: 0, at: 70 }).batch());
    const lane = trace.lane(1);
    if (lane === undefined) throw new Error('no lane');
    expect(doingText(trace, lane, lane.indexAt(40, 'loop'))).toBe('runs 12 steps');
    expect(doingText(trace, lane, lane.indexAt(65, 'loop'))).toBe('running');
  });

  test('counts the steps of a task that ended before they were told', () => {
    const { trace, writer } = oneTask();
    trace.add(writer.record(TRACE_KIND.failed, 1, { a: writer.text('ValueError'), b: 7, at: 60 }).batch());
    const lane = trace.lane(1);
    if (lane === undefined) throw new Error('no lane');
    expect(doingText(trace, lane, lane.indexAt(50, 'loop'))).toBe('runs 7 steps');
    expect(doingText(trace, lane, lane.length - 1)).toBe('failed: ValueError');
  });

  test('learns the coroutine of a task when it is made', () => {
    const { trace, writer } = oneTask();
    const body = writer.place('main.cpp', 12, 'late');
    trace.add(writer.record(TRACE_KIND.made, 2, { at: 60 }).record(TRACE_KIND.coroutine, 2, { a: body, at: 61 }).batch());
    const lane = trace.lane(2);
    if (lane === undefined) throw new Error('no lane');
    expect(placeAt(trace, lane, 0)?.function).toBe('late');
  });

  test('that paused ends the tasks of which it hears no more', () => {
    const { trace, writer } = oneTask();
    writer.record(TRACE_KIND.made, 2, { at: 40 }).record(TRACE_KIND.end, 0, { at: 50 });
    trace.add(writer.batch());
    expect(trace.gaps).toEqual([{ from: trace.log.end - 1, to: Infinity }]);
    writer
      .record(TRACE_KIND.begin, 0, { a: 1, at: 90 })
      .record(TRACE_KIND.made, 2, { detail: 1, at: 90 })
      .record(TRACE_KIND.running, 2, { at: 91 });
    trace.add(writer.batch());
    expect(trace.lane(1)?.state).toBe(TASK_STATE.gone);
    expect(trace.lane(2)?.state).toBe(TASK_STATE.running);
    expect(trace.gaps[0]?.to).toBeLessThan(trace.log.end);
    expect(trace.tasks).toBe(2);
  });

  test('takes nonsense without harm', () => {
    const trace = new TaskTrace();
    const writer = new TraceWriter();
    writer.record(TRACE_KIND.running, 9, { at: 1 }).record(99 as never, 0).record(TRACE_KIND.made, 1, { a: 12345 });
    writer.record(98 as never, 1).record(TRACE_KIND.failed, 1, { a: 4_000_000 });
    trace.add(writer.batch());
    trace.add({ type: 'trace', records: new ArrayBuffer(31), texts: [] });
    expect(trace.badRecords).toBe(2);
    expect(trace.lane(1)?.state).toBe(TASK_STATE.failed);
  });

  test('cuts a name of a megabyte', () => {
    const { trace, writer } = oneTask();
    trace.add(writer.record(TRACE_KIND.named, 1, { a: writer.text('x'.repeat(1_000_000)) }).batch());
    expect(trace.lane(1)?.name.length).toBeLessThan(3000);
  });
});

describe('the memory of a trace is bounded', () => {
  test('by records: the oldest go, and it says how many', () => {
    const trace = new TaskTrace({ records: 131_072, lanes: 1000 });
    const writer = new TraceWriter();
    writer.record(TRACE_KIND.made, 1, { at: 0 }).record(TRACE_KIND.done, 1, { at: 1 }).record(TRACE_KIND.made, 2, { at: 2 });
    for (let step = 0; step < 200_000; step += 1) writer.record(TRACE_KIND.running, 2, { at: step + 3 });
    trace.add(writer.batch());
    expect(trace.droppedRecords).toBe(131_072);
    expect(trace.droppedLanes).toBe(1);
    const lane = trace.lane(2);
    expect(lane?.at(0, 'order')).toBe(trace.log.first);
    expect(lane?.indexAt(150_000, 'loop')).toBe(lane?.firstFrom(150_000, 'loop'));
  });

  test('by lanes: those of tasks that have ended go first', () => {
    const trace = new TaskTrace({ records: 1_000_000, lanes: 100 });
    const writer = new TraceWriter();
    for (let task = 1; task <= 300; task += 1) {
      writer.record(TRACE_KIND.made, task, { at: task });
      if (task % 2 === 0) writer.record(TRACE_KIND.done, task, { at: task });
    }
    trace.add(writer.batch());
    expect(trace.lanes.length).toBeLessThanOrEqual(101);
    expect(trace.lanes.slice(1).every((lane) => !lane.ended)).toBe(true);
    expect(trace.droppedLanes).toBe(200);
    expect(trace.tasks).toBe(300);
  });
});

test.each([
  [0, '0 µs'],
  [1.25, '1.3 µs'],
  [340, '340 µs'],
  [1500, '1.5 ms'],
  [2_345_678, '2.346 s'],
  [125_000_000, '2 min 5 s'],
])('%d microseconds read %s', (value, text) => {
  expect(formatSpan(value)).toBe(text);
});
