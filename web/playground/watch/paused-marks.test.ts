import { beforeEach, expect, test } from '@jest/globals';
import type { LineMark } from '../../editor/text-editor.js';
import type { AwaitGraph, AwaitGraphTask } from '../../protocol/trace.js';
import { PausedMarks } from './paused-marks.js';

const place = { function: 'consumer', file: 'main.cpp', line: 8 };
const waiting = (id: number): AwaitGraphTask => ({ id, name: `Task-${id}`, state: 'suspended', stack: [place], waitsFor: 0, coroutine: place });
const graph = (count = 1): AwaitGraph => ({
  type: 'await-graph',
  reason: 'asked',
  loopTime: 0,
  realTime: 0,
  tasks: Array.from({ length: count }, (_unused, at) => waiting(at + 1)),
  things: [],
  cycles: [],
  omitted: 0,
});
const paused = { type: 'paused', loopTime: 0 } as const;

let shown: LineMark[];
let calls: number;
let marks: PausedMarks;

beforeEach(() => {
  shown = [];
  calls = 0;
  marks = new PausedMarks((given) => {
    shown = given;
    calls += 1;
  });
  marks.phase('compiling');
  marks.phase('running');
});

const texts = (): string[] => shown.map(({ line, text }) => `${line} ${text}`);

test('a paused program has its tasks marked where they wait', () => {
  marks.event(paused);
  marks.event(graph());
  expect(shown).toEqual([{ file: 'main.cpp', line: 8, text: '‖ consumer · Task-1', title: 'Waiting here: consumer · Task-1' }]);
});

test('of many tasks at a line some are named', () => {
  marks.event(paused);
  marks.event(graph(5));
  expect(texts()).toEqual(['8 ‖ consumer · Task-1, consumer · Task-2, consumer · Task-3 and 2 more']);
  expect(shown[0]?.title).toContain('consumer · Task-5');
});

test('a program that is not paused has no marks, whoever looks at its waits', () => {
  marks.event(graph());
  expect(calls).toBe(0);
});

test.each<[string, () => void]>([
  ['when it continues', () => marks.goesOn()],
  ['when it is stopped', () => marks.phase('stopping')],
  ['when it ends', () => marks.phase('idle')],
  ['when the text is edited', () => marks.edited()],
])('the marks go %s, and a late answer brings none back', (_when, happens) => {
  marks.event(paused);
  marks.event(graph());
  happens();
  expect(texts()).toEqual([]);
  marks.event(graph());
  expect(texts()).toEqual([]);
});

test('the next run of a text that was edited is marked again', () => {
  marks.edited();
  marks.phase('compiling');
  marks.phase('running');
  marks.event(paused);
  marks.event(graph());
  expect(texts()).toEqual(['8 ‖ consumer · Task-1']);
});

test('a step replaces the marks by those of the next turn', () => {
  marks.event(paused);
  marks.event(graph(2));
  marks.event(paused);
  expect(texts()).toEqual(['8 ‖ consumer · Task-1, consumer · Task-2']);
  marks.event(graph(1));
  expect(texts()).toEqual(['8 ‖ consumer · Task-1']);
});
