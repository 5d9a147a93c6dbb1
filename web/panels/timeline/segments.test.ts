import { describe, expect, test } from '@jest/globals';
import { TRACE_KIND } from '../../protocol/trace.js';
import { TASK_STATE } from '../trace/task-state.js';
import { TaskTrace } from '../trace/task-trace.js';
import { TraceWriter } from '../trace/trace-writer.js';
import { collectSegments, Segments, type Scale } from './segments.js';

interface Drawn {
  left: number;
  right: number;
  state: number;
  dense: boolean;
}

function collect(trace: TaskTrace, task: number, scale: Partial<Scale>): { drawn: Drawn[]; endsAt: number | undefined } {
  const lane = trace.lane(task);
  if (lane === undefined) throw new Error('no lane');
  const out = new Segments();
  collectSegments(lane, trace.log, { axis: 'loop', from: 0, to: 100, width: 100, edge: 100, ...scale }, out);
  const drawn = Array.from({ length: out.count }, (_unused, at) => ({
    left: out.left[at] ?? NaN,
    right: out.right[at] ?? NaN,
    state: out.state[at] ?? NaN,
    dense: out.dense[at] === 1,
  }));
  return { drawn, endsAt: out.endsAt };
}

function written(write: (writer: TraceWriter) => void): TaskTrace {
  const writer = new TraceWriter();
  write(writer);
  const trace = new TaskTrace();
  trace.add(writer.batch());
  return trace;
}

describe('what is drawn of a lane', () => {
  const trace = written((writer) =>
    writer
      .record(TRACE_KIND.made, 1, { at: 10 })
      .record(TRACE_KIND.running, 1, { at: 20 })
      .record(TRACE_KIND.suspended, 1, { at: 40 })
      .record(TRACE_KIND.running, 1, { at: 70 })
      .record(TRACE_KIND.done, 1, { at: 90 }),
  );

  test('is each state from its record to the next', () => {
    expect(collect(trace, 1, {})).toEqual({
      drawn: [
        { left: 10, right: 20, state: TASK_STATE.created, dense: false },
        { left: 20, right: 40, state: TASK_STATE.running, dense: false },
        { left: 40, right: 70, state: TASK_STATE.waiting, dense: false },
        { left: 70, right: 90, state: TASK_STATE.running, dense: false },
      ],
      endsAt: 90,
    });
  });

  test('begins with the state that holds at the left edge', () => {
    const { drawn, endsAt } = collect(trace, 1, { from: 50, to: 60 });
    expect(drawn).toEqual([{ left: 0, right: 100, state: TASK_STATE.waiting, dense: false }]);
    expect(endsAt).toBeUndefined();
  });

  test('goes on to the end of what is known', () => {
    const alive = written((writer) => writer.record(TRACE_KIND.made, 1, { at: 10 }));
    expect(collect(alive, 1, { edge: 60 }).drawn).toEqual([{ left: 10, right: 60, state: TASK_STATE.created, dense: false }]);
  });

  test('shows a step that took no time', () => {
    const quick = written((writer) =>
      writer
        .record(TRACE_KIND.made, 1, { at: 0 })
        .record(TRACE_KIND.suspended, 1, { at: 10 })
        .record(TRACE_KIND.ready, 1, { at: 50 })
        .record(TRACE_KIND.running, 1, { at: 50 })
        .record(TRACE_KIND.suspended, 1, { at: 50 }),
    );
    const { drawn } = collect(quick, 1, {});
    expect(drawn).toContainEqual({ left: 50, right: 51, state: TASK_STATE.running, dense: true });
    expect(drawn.at(-1)).toEqual({ left: 51, right: 100, state: TASK_STATE.waiting, dense: false });
  });

  test('in the order of records gives each the same room', () => {
    const { drawn } = collect(trace, 1, { axis: 'order', from: 0, to: 5, width: 50, edge: 5 });
    expect(drawn.map(({ left, right }) => right - left)).toEqual([10, 10, 10, 10]);
  });
});

test('a lane of half a million records is drawn in as many pieces as there are pixels, with no hole', () => {
  const trace = written((writer) => {
    writer.record(TRACE_KIND.made, 1, { at: 0 });
    for (let at = 0; at < 250_000; at += 1) {
      writer.record(TRACE_KIND.running, 1, { at: at * 2 }).record(TRACE_KIND.suspended, 1, { at: at * 2 + 1 });
    }
  });
  const { drawn } = collect(trace, 1, { to: 500_000, edge: 500_000, width: 800 });
  expect(drawn.length).toBeLessThanOrEqual(1600);
  let covered = 0;
  for (const { left, right } of drawn) {
    expect(left - covered).toBeLessThan(1);
    covered = right;
  }
  expect(covered).toBeCloseTo(800, 0);
});

test('every position of any lane is drawn once, whatever the zoom', () => {
  let seed = 7;
  const chance = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round += 1) {
    const trace = written((writer) => {
      let at = 0;
      writer.record(TRACE_KIND.made, 1, { at });
      for (let step = 0; step < 60; step += 1) {
        at += chance() < 0.5 ? 0 : chance() * 20;
        writer.record(chance() < 0.5 ? TRACE_KIND.running : TRACE_KIND.suspended, 1, { at });
      }
    });
    const from = chance() * 50;
    const to = from + 1 + chance() * 300;
    const { drawn } = collect(trace, 1, { from, to, width: 120, edge: 1000 });
    let covered = 0;
    for (const { left, right } of drawn) {
      expect(right).toBeGreaterThan(left);
      expect(left).toBeGreaterThanOrEqual(covered - 1);
      expect(left - covered).toBeLessThan(1);
      covered = Math.max(covered, right);
    }
    expect(covered).toBeGreaterThan(119);
  }
});
