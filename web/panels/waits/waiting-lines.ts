import type { AwaitGraph } from '../../protocol/trace.js';
import { labelOf, placeOf } from './graph-task.js';

/** A line of the program at which tasks wait. */
export interface WaitingLine {
  file: string;
  line: number;
  /** What they are called, in order of creation. */
  tasks: string[];
}

export function waitingLines(graph: AwaitGraph): WaitingLine[] {
  const lines = new Map<string, WaitingLine>();
  for (const task of graph.tasks) {
    const { file, line } = placeOf(task);
    if (task.waitsFor === null || line < 1) continue;
    const place = `${file}:${line}`;
    const known = lines.get(place);
    if (known === undefined) lines.set(place, { file, line, tasks: [labelOf(task)] });
    else known.tasks.push(labelOf(task));
  }
  return [...lines.values()];
}
