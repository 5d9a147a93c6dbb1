import { describe, expect, test } from '@jest/globals';
import type { AwaitedThing, AwaitGraph, AwaitGraphTask } from '../../protocol/trace.js';
import { cycleText, taskSentence, waitGraph } from './wait-graph.js';

function task(id: number, waitsFor: number | null, name = `Task-${id}`): AwaitGraphTask {
  const place = { function: 'worker', file: 'main.cpp', line: id * 10 };
  return { id, name, state: waitsFor === null ? 'ready' : 'suspended', stack: [place], waitsFor, coroutine: place };
}

function thing(kind: AwaitedThing['kind'], holders: number[] = [], tasks: number[] = []): AwaitedThing {
  return { kind, text: `a ${kind}`, holders, tasks };
}

function graph(tasks: AwaitGraphTask[], things: AwaitedThing[], cycles: number[][] = []): AwaitGraph {
  return { type: 'await-graph', reason: 'asked', loopTime: 0, realTime: 0, tasks, things, cycles, omitted: 0 };
}

/** "worker · Task-1 waits for lock". */
function drawn(given: AwaitGraph, wanted = ''): string[] {
  const { nodes, links } = waitGraph(given, wanted) ?? { nodes: [], links: [] };
  return links.map(({ from, to, kind, inCycle }) => `${nodes[from]?.title} ${kind} ${nodes[to]?.title}${inCycle ? ' (circle)' : ''}`);
}

/** Two tasks that took two locks in different order, and one that only waits. */
const deadlock = graph(
  [task(1, 1), task(2, 0), task(3, 0)],
  [thing('lock', [1]), thing('lock', [2])],
  [[1, 2]],
);

describe('what is drawn of who waits for whom', () => {
  test('is a deadlock with its circle marked, and nothing else', () => {
    expect(drawn(deadlock)).toEqual([
      'worker · Task-1 waits for a Lock (circle)',
      'worker · Task-2 waits for a Lock (circle)',
      'worker · Task-3 waits for a Lock',
      'a Lock held by worker · Task-2 (circle)',
      'a Lock held by worker · Task-1 (circle)',
    ]);
    expect(waitGraph(deadlock, '')?.nodes.filter(({ inCycle }) => inCycle)).toHaveLength(4);
    expect(cycleText(deadlock, [1, 2])).toBe('worker · Task-1 → worker · Task-2 → worker · Task-1');
  });

  test('is an arrow straight to a task that is awaited', () => {
    expect(drawn(graph([task(1, 0), task(2, null)], [thing('task', [], [2])]))).toEqual(['worker · Task-1 waits for worker · Task-2']);
  });

  test('leads through gather() to its tasks', () => {
    expect(drawn(graph([task(1, 0), task(2, null), task(3, null)], [thing('gather', [], [2, 3])]))).toEqual([
      'worker · Task-1 waits for gather()',
      'gather() waits for worker · Task-2',
      'gather() waits for worker · Task-3',
    ]);
  });

  test('says a timer in the box of its task', () => {
    const { nodes, links } = waitGraph(graph([task(1, 0)], [thing('sleep')]), '') ?? { nodes: [], links: [] };
    expect(links).toEqual([]);
    expect(nodes[0]?.detail).toBe('sleep() · main.cpp:10');
  });

  test('keeps to the tasks one looks for, and their neighbours', () => {
    const given = graph(
      [task(1, 0, 'boss'), task(2, null, 'worker-a'), task(3, null, 'other')],
      [thing('task', [], [2])],
    );
    expect(waitGraph(given, 'worker-a')?.nodes.map(({ title }) => title)).toEqual(['boss', 'worker-a']);
    expect(waitGraph(given, 'nobody')?.nodes).toEqual([]);
  });

  test('is nothing when there are too many, until one looks for some', () => {
    const many = graph(Array.from({ length: 10_000 }, (_unused, at) => task(at + 1, null)), []);
    expect(waitGraph(many, '')).toBeUndefined();
    expect(waitGraph(many, 'Task-77')?.nodes).toHaveLength(111);
  });

  test('survives indices that lead nowhere', () => {
    expect(drawn(graph([task(1, 99), task(2, 0)], [thing('lock', [77], [88])], [[5, 6], []]))).toEqual(['worker · Task-2 waits for a Lock']);
  });
});

test('a sentence says what a task waits for', () => {
  expect(taskSentence(deadlock, task(3, 0))).toBe('worker · Task-3: waits for a lock');
  expect(taskSentence(deadlock, task(4, null))).toBe('worker · Task-4: ready');
});

test('a sentence of the runtime names tasks as the drawing does', () => {
  const held = { ...thing('lock', [1]), text: "a Lock held by task 'Task-1' and by task 'Task-9'" };
  expect(taskSentence(graph([task(1, null), task(2, 0)], [held]), task(2, 0))).toBe(
    "worker · Task-2: waits for a Lock held by task 'worker · Task-1' and by task 'Task-9'",
  );
});

test('a task is called by the name that the program gave it', () => {
  expect(taskSentence(deadlock, task(4, null, 'baker'))).toBe('baker: ready');
});
