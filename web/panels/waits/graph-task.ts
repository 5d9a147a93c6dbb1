import type { AwaitGraphTask, TracePlace } from '../../protocol/trace.js';
import { taskLabel } from '../trace/task-label.js';

export function labelOf({ name, coroutine }: AwaitGraphTask): string {
  return taskLabel(name, coroutine.function);
}

/** Where it waits; before its first step, where its coroutine begins. */
export function placeOf(task: AwaitGraphTask): TracePlace {
  return task.stack[0] ?? task.coroutine;
}
