import { beforeEach, expect, test } from '@jest/globals';
import { TRACE_KIND, type AwaitGraph } from '../../protocol/trace.js';
import { TaskNames } from './task-names.js';
import { TraceWriter } from './trace-writer.js';

let names: TaskNames;
let writer: TraceWriter;

beforeEach(() => {
  names = new TaskNames();
  writer = new TraceWriter();
});

test('a task is called by its coroutine once a trace told it', () => {
  const body = writer.place('main.cpp', 3, 'consumer');
  expect(names.label('Task-2')).toBe('Task-2');
  expect(names.learn(writer.record(TRACE_KIND.made, 2, { a: body }).batch())).toBe(true);
  expect(names.label('Task-2')).toBe('consumer · Task-2');
});

test('a coroutine that is known only after the first step is learnt then, from a place of an earlier batch', () => {
  const body = writer.place('main.cpp', 3, 'consumer');
  names.learn(writer.record(TRACE_KIND.made, 2).batch());
  expect(names.label('Task-2')).toBe('Task-2');
  names.learn(writer.record(TRACE_KIND.coroutine, 2, { a: body }).batch());
  expect(names.label('Task-2')).toBe('consumer · Task-2');
});

test('a graph of waits tells it as well', () => {
  const place = { function: 'consumer', file: 'main.cpp', line: 3 };
  const graph: AwaitGraph = {
    type: 'await-graph',
    reason: 'deadlock',
    loopTime: 0,
    realTime: 0,
    tasks: [{ id: 4, name: 'Task-4', state: 'suspended', stack: [], waitsFor: null, coroutine: place }],
    things: [],
    cycles: [],
    omitted: 0,
  };
  names.learn(graph);
  expect(names.label('Task-4')).toBe('consumer · Task-4');
});

test('what nobody has asked for yet changes no label', () => {
  const body = writer.place('main.cpp', 3, 'consumer');
  expect(names.learn(writer.record(TRACE_KIND.made, 2, { a: body }).batch())).toBe(false);
});

test('a name of the program stays, and another run begins without names', () => {
  const body = writer.place('main.cpp', 3, 'consumer');
  names.learn(writer.record(TRACE_KIND.made, 2, { a: body }).batch());
  expect(names.label('baker')).toBe('baker');
  names.clear();
  expect(names.label('Task-2')).toBe('Task-2');
});

test('a batch that is cut in a record does no harm', () => {
  expect(names.learn({ type: 'trace', records: new ArrayBuffer(33), texts: [] })).toBe(false);
});
