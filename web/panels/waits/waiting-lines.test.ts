import { expect, test } from '@jest/globals';
import type { AwaitGraph, AwaitGraphTask } from '../../protocol/trace.js';
import { waitingLines } from './waiting-lines.js';

function task(id: number, line: number, waitsFor: number | null): AwaitGraphTask {
  const place = { function: 'consumer', file: 'main.cpp', line };
  return { id, name: `Task-${id}`, state: waitsFor === null ? 'ready' : 'suspended', stack: [place, { ...place, line: 99 }], waitsFor, coroutine: { ...place, line: 1 } };
}

const graph = (tasks: AwaitGraphTask[]): AwaitGraph => ({ type: 'await-graph', reason: 'asked', loopTime: 0, realTime: 0, tasks, things: [], cycles: [], omitted: 0 });

test('each line has the tasks that wait there, innermost coroutine first', () => {
  expect(waitingLines(graph([task(1, 8, 0), task(2, 12, 1), task(3, 8, 0)]))).toEqual([
    { file: 'main.cpp', line: 8, tasks: ['consumer · Task-1', 'consumer · Task-3'] },
    { file: 'main.cpp', line: 12, tasks: ['consumer · Task-2'] },
  ]);
});

test('a task that is ready waits at no line, and one of no known place neither', () => {
  expect(waitingLines(graph([task(1, 8, null), task(2, 0, 0)]))).toEqual([]);
});
