import { shorten } from './shorten.js';
import type { ProgramMessage } from './program.js';
import type { AwaitGraph, TracePlace } from './trace.js';

/** Maximum characters of names from a program: tasks, places, errors of tasks. */
const LONGEST_NAME = 2_000;
/** The runtime's own limit (await_graph_json.cpp); a program's scripts may send more. */
const MOST_TASKS = 2_000;
const MOST_FRAMES = 100;
const MOST_CYCLES = 100;

/**
 * A message of a program, with the parts that are too long to show cut. Its output is not cut here: the console has its
 * own limits.
 */
export function bounded(message: ProgramMessage): ProgramMessage {
  switch (message.type) {
    case 'output': {
      const isLong = message.chunks.some(({ task }) => task !== undefined && task.length > LONGEST_NAME);
      if (!isLong) return message;
      const chunks = message.chunks.map((chunk) => (chunk.task === undefined ? chunk : { ...chunk, task: name(chunk.task) }));
      return { ...message, chunks };
    }
    case 'trace':
      return message.texts.some((text) => text.length > LONGEST_NAME) ? { ...message, texts: message.texts.map(name) } : message;
    case 'await-graph':
      return boundedGraph(message);
    case 'started':
    case 'loaded':
    case 'journal':
    case 'interrupted':
    case 'awaits-input':
    case 'wants-database':
    case 'thread':
    case 'paused':
    case 'ended':
      return message;
  }
}

function boundedGraph(graph: AwaitGraph): AwaitGraph {
  const { tasks, things, cycles, omitted } = graph;
  return {
    ...graph,
    tasks: tasks.slice(0, MOST_TASKS).map((task) => ({
      ...task,
      name: name(task.name),
      stack: task.stack.slice(0, MOST_FRAMES).map(place),
      coroutine: place(task.coroutine),
    })),
    things: things.slice(0, MOST_TASKS).map((thing) => ({
      ...thing,
      text: name(thing.text),
      holders: thing.holders.slice(0, MOST_TASKS),
      tasks: thing.tasks.slice(0, MOST_TASKS),
    })),
    cycles: cycles.slice(0, MOST_CYCLES).map((cycle) => cycle.slice(0, MOST_TASKS)),
    omitted: omitted + Math.max(0, tasks.length - MOST_TASKS),
  };
}

function place({ function: called, file, line }: TracePlace): TracePlace {
  return { function: name(called), file: name(file), line };
}

function name(text: string): string {
  return shorten(text, LONGEST_NAME);
}
