import { describe, expect, test } from '@jest/globals';
import type { AwaitGraph } from './trace.js';
import { bounded } from './bounded.js';

const huge = 'n'.repeat(3_000_000);
const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe('a message of a program', () => {
  test('of usual size is handed on as it is', () => {
    const output = { type: 'output', at: 0, chunks: [{ stream: 'stdout', text: huge, task: 'Task-1' }] } as const;
    const trace = { type: 'trace', records: new ArrayBuffer(0), texts: ['Task-1'] } as const;
    expect(bounded({ ...output, chunks: [...output.chunks] })).toEqual(output);
    expect(bounded({ ...trace, texts: [...trace.texts] })).toEqual(trace);
  });

  test('names its task, and what a trace tells of, in bounded words', () => {
    expect(sizeOf(bounded({ type: 'output', at: 0, chunks: [{ stream: 'stdout', text: 'x', task: huge }] }))).toBeLessThan(3_000);
    expect(sizeOf(bounded({ type: 'trace', records: new ArrayBuffer(0), texts: [huge, huge] }))).toBeLessThan(5_000);
  });

  test('that is an await graph has bounded names and lists', () => {
    const place = { function: huge, file: huge, line: 1 };
    const task = { id: 1, name: huge, state: 'suspended', stack: Array<typeof place>(500).fill(place), waitsFor: 0, coroutine: place } as const;
    const thing = { kind: 'lock', text: huge, holders: Array<number>(9_000).fill(1), tasks: [] } as const;
    const graph: AwaitGraph = {
      ...{ type: 'await-graph', reason: 'deadlock', loopTime: 0, realTime: 0, omitted: 5 },
      tasks: Array.from({ length: 3_000 }, (_, id) => ({ ...task, id, stack: [], coroutine: { ...place, function: 'f', file: 'f' }, name: 'n' })),
      things: [{ ...thing, holders: [...thing.holders], tasks: [...thing.tasks] }],
      cycles: Array<number[]>(1_000).fill([1, 2]),
    };
    graph.tasks[0] = { ...task, stack: [...task.stack] };
    const { tasks, things, cycles, omitted } = bounded(graph) as AwaitGraph;
    expect([tasks.length, things[0]?.holders.length, cycles.length, omitted]).toEqual([2_000, 2_000, 100, 1_005]);
    expect(tasks[0]?.name.length).toBeLessThan(2_100);
    expect(tasks[0]?.stack).toHaveLength(100);
    expect(tasks[0]?.stack[0]?.file.length).toBeLessThan(2_100);
    expect(things[0]?.text.length).toBeLessThan(2_100);
  });
});
