import { describe, expect, test } from '@jest/globals';
import { AWAITED_KINDS, TRACE_KIND } from '../../protocol/trace.js';
import { TaskTrace } from '../trace/task-trace.js';
import { TraceWriter } from '../trace/trace-writer.js';
import { chromeTraceEvents, chromeTraceFile } from './chrome-trace.js';

function sample(): TaskTrace {
  const writer = new TraceWriter();
  const body = writer.place('main.cpp', 3, 'worker');
  const wait = writer.place('main.cpp', 5, 'worker');
  writer
    .record(TRACE_KIND.begin, 0, { a: 0 })
    .record(TRACE_KIND.made, 1, { a: body, at: 10 })
    .record(TRACE_KIND.named, 1, { a: writer.text('</script><img onerror=alert(1)> "quoted" \u{D800}'), at: 10 })
    .record(TRACE_KIND.running, 1, { at: 20 })
    .record(TRACE_KIND.made, 2, { a: body, b: 1, at: 22 })
    .record(TRACE_KIND.suspended, 1, { detail: AWAITED_KINDS.indexOf('lock'), a: wait, at: 30 })
    .record(TRACE_KIND.running, 2, { at: 40 })
    .record(TRACE_KIND.ready, 1, { b: 2, at: 45 })
    .record(TRACE_KIND.failed, 2, { a: writer.text('ValueError: no'), at: 50 })
    .record(TRACE_KIND.running, 1, { at: 50 })
    .record(TRACE_KIND.cancelRequested, 1, { a: writer.text(''), at: 55 })
    .record(TRACE_KIND.done, 1, { at: 60 })
    .record(TRACE_KIND.waits, 0, { at: 60 });
  const trace = new TaskTrace();
  trace.add(writer.batch());
  return trace;
}

interface Event {
  ph: string;
  name: string;
  cat?: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  id?: number;
  bp?: string;
  s?: string;
  args?: Record<string, unknown>;
}

async function written(trace: TaskTrace): Promise<Event[]> {
  const file = await chromeTraceFile(trace, () => Promise.resolve());
  const parsed = JSON.parse(await file.text()) as { traceEvents: Event[]; displayTimeUnit: string };
  expect(parsed.displayTimeUnit).toBe('ms');
  return parsed.traceEvents;
}

describe('the trace that is saved', () => {
  test('is the JSON object form of the Trace Event Format, each event with what its phase needs', async () => {
    for (const event of await written(sample())) {
      expect(typeof event.name).toBe('string');
      expect(Number.isInteger(event.pid)).toBe(true);
      expect(Number.isInteger(event.tid)).toBe(true);
      expect(Number.isFinite(event.ts)).toBe(true);
      switch (event.ph) {
        case 'X':
          expect(event.dur).toBeGreaterThanOrEqual(0);
          break;
        case 'i':
          expect(event.s).toBe('t');
          break;
        case 's':
        case 'f':
          expect(Number.isInteger(event.id)).toBe(true);
          break;
        case 'M':
          expect(['process_name', 'thread_name', 'thread_sort_index']).toContain(event.name);
          break;
        default:
          throw new Error(`phase ${event.ph} is not written`);
      }
    }
  });

  test('names each lane as a thread of its own', async () => {
    const events = await written(sample());
    const names = events.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, args?.['name']]);
    expect(names).toEqual([
      [1, 'Event loop'],
      [2, '</script><img onerror=alert(1)> "quoted" \u{D800}'],
      [3, 'worker · Task-2'],
    ]);
  });

  test('has pieces of a lane that follow each other and never overlap', async () => {
    const events = await written(sample());
    const ends = new Map<number, number>();
    for (const { ph, tid, ts, dur } of events) {
      if (ph !== 'X') continue;
      expect(ts).toBeGreaterThanOrEqual(ends.get(tid) ?? 0);
      ends.set(tid, ts + (dur ?? 0));
    }
  });

  test('says what is waited for, where, and how a task ended', async () => {
    const events = await written(sample());
    const find = (name: string): Event | undefined => events.find((event) => event.name === name);
    expect(find('a Lock')).toMatchObject({ ph: 'X', ts: 30, dur: 15, args: { line: 'main.cpp:5', coroutine: 'worker' } });
    expect(find('failed: ValueError: no')).toMatchObject({ ph: 'i', tid: 3, ts: 50 });
    expect(find('cancel requested')).toMatchObject({ ph: 'i', tid: 2, ts: 55 });
  });

  test('has an arrow from the step that woke a task to its next step', async () => {
    const events = await written(sample());
    const start = events.find(({ ph }) => ph === 's');
    const finish = events.find(({ ph }) => ph === 'f');
    expect(start).toMatchObject({ tid: 3, ts: 45 });
    expect(finish).toMatchObject({ tid: 2, ts: 50, bp: 'e', id: start?.id });
  });
});

test('a trace that loses its oldest records while it is written is written without them', () => {
  const trace = new TaskTrace({ records: 131_072, lanes: 100 });
  const writer = new TraceWriter();
  writer.record(TRACE_KIND.made, 1);
  for (let at = 0; at < 1000; at += 1) writer.record(TRACE_KIND.running, 1, { at });
  trace.add(writer.batch());
  const events = chromeTraceEvents(trace);
  for (let taken = 0; taken < 20; taken += 1) events.next();
  for (let at = 0; at < 300_000; at += 1) writer.record(TRACE_KIND.running, 1, { at: at + 1000 });
  trace.add(writer.batch());
  let last = 0;
  for (const event of events) if (event.ph === 'X') last = event.ts;
  expect(last).toBe(300_999);
});
