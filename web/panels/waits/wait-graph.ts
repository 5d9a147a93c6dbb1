import type { AwaitedThing, AwaitGraph, AwaitGraphTask, TracePlace } from '../../protocol/trace.js';
import { placeText, thingText } from '../trace/describe.js';
import { labelOf, placeOf } from './graph-task.js';
import type { Link } from './layout.js';

export interface WaitNode {
  shape: 'task' | 'thing';
  /** A task's number or a thing's index: with the shape it identifies the node across graphs. */
  id: number;
  title: string;
  /** Its state and place. */
  detail: string;
  place: TracePlace | undefined;
  inCycle: boolean;
}

export interface WaitLink extends Link {
  kind: 'waits for' | 'held by';
  inCycle: boolean;
}

/** The drawn graph: boxes for tasks and shared things, and arrows for who waits for whom. */
export interface WaitGraph {
  nodes: WaitNode[];
  links: WaitLink[];
}

/** Above this number they are listed instead. */
export const mostNodes = 200;

/** The tasks to draw: those matching `wanted` and their neighbours; all without it. Undefined: too many. */
export function waitGraph(graph: AwaitGraph, wanted: string): WaitGraph | undefined {
  const chosen = chosenTasks(graph, wanted);
  const nodes: WaitNode[] = [];
  const taskNodes = new Map<number, number>();
  const thingNodes = new Map<number, number>();
  const cycles = cyclePairs(graph);
  for (const task of graph.tasks) {
    if (!chosen.has(task.id)) continue;
    if (nodes.length >= mostNodes) return undefined;
    taskNodes.set(task.id, nodes.push(taskNode(graph, task, cycles.has(task.id))) - 1);
  }
  const links: WaitLink[] = [];
  for (const task of graph.tasks) {
    const from = taskNodes.get(task.id);
    const thing = task.waitsFor === null ? undefined : graph.things[task.waitsFor];
    if (from === undefined || thing === undefined || task.waitsFor === null || isSimple(graph, task.waitsFor)) continue;
    if (thing.kind === 'task') {
      for (const id of thing.tasks) {
        const to = taskNodes.get(id);
        if (to !== undefined) links.push({ from, to, kind: 'waits for', inCycle: cycles.get(task.id)?.has(id) ?? false });
      }
      continue;
    }
    let node = thingNodes.get(task.waitsFor);
    if (node === undefined) {
      if (nodes.length >= mostNodes) return undefined;
      node = nodes.push({ shape: 'thing', id: task.waitsFor, title: thingText(thing.kind), detail: '', place: undefined, inCycle: false }) - 1;
      thingNodes.set(task.waitsFor, node);
    }
    links.push({ from, to: node, kind: 'waits for', inCycle: [...thing.holders, ...thing.tasks].some((id) => cycles.get(task.id)?.has(id)) });
  }
  for (const [index, node] of thingNodes) {
    const thing = graph.things[index];
    if (thing === undefined) continue;
    const waiters = graph.tasks.filter(({ waitsFor }) => waitsFor === index);
    const link = (id: number, kind: WaitLink['kind']): void => {
      const to = taskNodes.get(id);
      const inCycle = waiters.some((waiter) => cycles.get(waiter.id)?.has(id));
      if (to !== undefined) links.push({ from: node, to, kind, inCycle });
      const drawn = nodes[node];
      if (inCycle && drawn !== undefined) drawn.inCycle = true;
    };
    for (const id of thing.holders) link(id, 'held by');
    for (const id of thing.tasks) link(id, 'waits for');
  }
  return { nodes, links };
}

/** In words: "consumer · Task-2: waits for a Lock held by task 'producer · Task-1'". */
export function taskSentence(graph: AwaitGraph, task: AwaitGraphTask): string {
  return `${labelOf(task)}: ${standing(graph, task)}`;
}

/** "consumer · Task-1 → producer · Task-2 → consumer · Task-1". */
export function cycleText(graph: AwaitGraph, cycle: number[]): string {
  const names = new Map(graph.tasks.map((task) => [task.id, labelOf(task)]));
  return [...cycle, cycle[0] ?? 0].map((id) => names.get(id) ?? `task ${id}`).join(' → ');
}

export function tasksNamed(graph: AwaitGraph, wanted: string): AwaitGraphTask[] {
  const text = wanted.trim().toLowerCase();
  if (text === '') return graph.tasks;
  return graph.tasks.filter(
    (task) =>
      labelOf(task).toLowerCase().includes(text) ||
      [task.coroutine, ...task.stack].some((place) => place.function.toLowerCase().includes(text)),
  );
}

function chosenTasks(graph: AwaitGraph, wanted: string): Set<number> {
  const named = tasksNamed(graph, wanted);
  const chosen = new Set(named.map(({ id }) => id));
  if (named.length === graph.tasks.length) return chosen;
  for (const task of graph.tasks) {
    const thing = task.waitsFor === null ? undefined : graph.things[task.waitsFor];
    if (thing === undefined) continue;
    const others = [...thing.holders, ...thing.tasks];
    const wantedItself = named.includes(task);
    if (wantedItself) for (const id of others) chosen.add(id);
    else if (others.some((id) => named.some((one) => one.id === id))) chosen.add(task.id);
  }
  return chosen;
}

/** A timer, or an otherwise unknown future, is described in its task's own box. */
function isSimple(graph: AwaitGraph, index: number): boolean {
  const thing = graph.things[index];
  if (thing === undefined) return true;
  if (thing.kind !== 'sleep' && thing.kind !== 'future') return false;
  return thing.holders.length === 0 && thing.tasks.length === 0;
}

function taskNode(graph: AwaitGraph, task: AwaitGraphTask, inCycle: boolean): WaitNode {
  const place = placeOf(task);
  const simple = task.waitsFor !== null && isSimple(graph, task.waitsFor) ? graph.things[task.waitsFor] : undefined;
  const state = simple === undefined ? (task.waitsFor === null ? task.state : 'waits') : thingText(simple.kind);
  const detail = place.file === '' ? state : `${state} · ${placeText(place)}`;
  return { shape: 'task', id: task.id, title: labelOf(task), detail, place, inCycle };
}

function standing(graph: AwaitGraph, task: AwaitGraphTask): string {
  const thing = task.waitsFor === null ? undefined : graph.things[task.waitsFor];
  return thing === undefined ? task.state : `waits for ${labelled(graph, thing)}`;
}

/** The runtime's words, with the tasks that they name called as in the rest of the page. */
function labelled(graph: AwaitGraph, { text }: AwaitedThing): string {
  return text.replaceAll(/'(Task-\d+)'/g, (quoted, name: string) => {
    const task = graph.tasks.find((one) => one.name === name);
    return task === undefined ? quoted : `'${labelOf(task)}'`;
  });
}

/** For each task in a cycle, those that it waits for there. */
function cyclePairs({ cycles }: AwaitGraph): Map<number, Set<number>> {
  const pairs = new Map<number, Set<number>>();
  for (const cycle of cycles) {
    cycle.forEach((id, at) => {
      const next = cycle[(at + 1) % cycle.length] ?? id;
      pairs.set(id, (pairs.get(id) ?? new Set()).add(next));
    });
  }
  return pairs;
}
