/**
 * A layered layout, left to right or downwards: each arrow leads to a later column, except those that close a cycle.
 * Columns by longest path, order by barycentres, then each node moves toward its neighbours. A few hundred nodes take
 * some milliseconds, so it can be recomputed while a program runs.
 */

export interface Box {
  width: number;
  height: number;
}

export interface Link {
  from: number;
  to: number;
}

export interface Point {
  x: number;
  y: number;
}

export type Direction = 'right' | 'down';

export interface Layout {
  direction: Direction;
  /** The centre of each box. */
  places: Point[];
  /** For each link the points of its path, from box to box. */
  routes: Point[][];
  width: number;
  height: number;
}

const columnGap = 36;
const rowGap = 12;
const margin = 10;
const sweeps = 8;

/** A box, or a point where a long link crosses a column. */
interface Vertex {
  column: number;
  height: number;
  y: number;
  before: Vertex[];
  after: Vertex[];
}

export function layOut(boxes: readonly Box[], links: readonly Link[], direction: Direction = 'right'): Layout {
  if (direction === 'right') return layOutRight(boxes, links);
  const turned = layOutRight(boxes.map(({ width, height }) => ({ width: height, height: width })), links);
  return {
    direction,
    places: turned.places.map(turn),
    routes: turned.routes.map((route) => route.map(turn)),
    width: turned.height,
    height: turned.width,
  };
}

function turn({ x, y }: Point): Point {
  return { x: y, y: x };
}

function layOutRight(boxes: readonly Box[], links: readonly Link[]): Layout {
  const backward = linksThatCloseACircle(boxes.length, links);
  const columns = columnsByLongestPath(boxes.length, links, backward);
  const vertices: Vertex[] = boxes.map(({ height }, at) => ({ column: columns[at] ?? 0, height, y: 0, before: [], after: [] }));
  const grid: Vertex[][] = [];
  for (const vertex of vertices) put(grid, vertex);
  const chains = links.map(({ from, to }, at) => {
    const ends: [Vertex | undefined, Vertex | undefined] = backward.has(at) ? [vertices[to], vertices[from]] : [vertices[from], vertices[to]];
    return chain(grid, ends[0], ends[1]);
  });
  orderColumns(grid);
  const height = settle(grid);
  const widths = grid.map(() => 0);
  boxes.forEach(({ width }, at) => {
    const column = columns[at] ?? 0;
    widths[column] = Math.max(widths[column] ?? 0, width);
  });
  const lefts: number[] = [];
  let x = margin;
  for (const width of widths) {
    lefts.push(x);
    x += width + columnGap;
  }
  const middle = (column: number): number => (lefts[column] ?? 0) + (widths[column] ?? 0) / 2;
  const places = vertices.map(({ column, y }) => ({ x: middle(column), y }));
  const routes = links.map(({ from, to }, at) => {
    const passed = (chains[at] ?? []).map(({ column, y }) => ({ x: middle(column), y }));
    if (backward.has(at)) passed.reverse();
    return route(places[from], boxes[from], places[to], boxes[to], passed, backward.has(at));
  });
  return { direction: 'right', places, routes, width: Math.max(0, x - columnGap) + margin, height };
}

function linksThatCloseACircle(count: number, links: readonly Link[]): Set<number> {
  const outgoing = Array.from({ length: count }, (): number[] => []);
  links.forEach(({ from }, at) => outgoing[from]?.push(at));
  const backward = new Set<number>();
  const state = new Uint8Array(count);
  const path: { node: number; next: number }[] = [];
  for (let start = 0; start < count; start += 1) {
    if (state[start] === 0) path.push({ node: start, next: 0 });
    // Iterative: a chain of tasks may be longer than the stack.
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top === undefined) break;
      state[top.node] = 1;
      const at = outgoing[top.node]?.[top.next++];
      if (at === undefined) {
        state[top.node] = 2;
        path.pop();
        continue;
      }
      const to = links[at]?.to ?? 0;
      if (state[to] === 1) backward.add(at);
      else if (state[to] === 0) path.push({ node: to, next: 0 });
    }
  }
  return backward;
}

function columnsByLongestPath(count: number, links: readonly Link[], backward: Set<number>): number[] {
  const columns = new Array<number>(count).fill(0);
  const waiting = new Array<number>(count).fill(0);
  const outgoing = Array.from({ length: count }, (): number[] => []);
  links.forEach((link, at) => {
    const { from, to } = backward.has(at) ? { from: link.to, to: link.from } : link;
    if (from === to) return;
    outgoing[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  });
  const ready = waiting.flatMap((left, node) => (left === 0 ? [node] : []));
  for (let at = 0; at < ready.length; at += 1) {
    const node = ready[at] ?? 0;
    for (const to of outgoing[node] ?? []) {
      columns[to] = Math.max(columns[to] ?? 0, (columns[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return columns;
}

function put(grid: Vertex[][], vertex: Vertex): void {
  while (grid.length <= vertex.column) grid.push([]);
  grid[vertex.column]?.push(vertex);
}

/** Joins two vertices through every column between them; returns the vertices inserted there. */
function chain(grid: Vertex[][], from: Vertex | undefined, to: Vertex | undefined): Vertex[] {
  if (from === undefined || to === undefined || from === to) return [];
  const between: Vertex[] = [];
  let previous = from;
  for (let column = from.column + 1; column < to.column; column += 1) {
    const point: Vertex = { column, height: 4, y: 0, before: [previous], after: [] };
    previous.after.push(point);
    put(grid, point);
    between.push(point);
    previous = point;
  }
  previous.after.push(to);
  to.before.push(previous);
  return between;
}

function orderColumns(grid: Vertex[][]): void {
  const number = (): void => {
    for (const column of grid) column.forEach((vertex, at) => (vertex.y = at / Math.max(1, column.length)));
  };
  number();
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? grid : [...grid].reverse()) {
      const wanted = new Map(column.map((vertex) => [vertex, mean(forward ? vertex.before : vertex.after) ?? vertex.y]));
      // The sort is stable: equal ones stay in the program's order.
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      column.forEach((vertex, at) => (vertex.y = at / Math.max(1, column.length)));
    }
  }
}

/** Sets each vertex's y; returns the total height. */
function settle(grid: Vertex[][]): number {
  for (const column of grid) stack(column, () => undefined);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? grid : [...grid].reverse()) {
      stack(column, (vertex) => mean(forward ? vertex.before : vertex.after));
    }
  }
  let top = Infinity;
  let bottom = 0;
  for (const column of grid) for (const { y, height } of column) top = Math.min(top, y - height / 2);
  for (const column of grid) {
    for (const vertex of column) {
      vertex.y += margin - top;
      bottom = Math.max(bottom, vertex.y + vertex.height / 2);
    }
  }
  return bottom + margin;
}

/** Places a column near its vertices' preferred positions, in order and without overlaps. */
function stack(column: Vertex[], wish: (vertex: Vertex) => number | undefined): void {
  let shift = 0;
  let free = -Infinity;
  for (const vertex of column) {
    const wanted = wish(vertex) ?? vertex.y;
    const lowest = free === -Infinity ? wanted : free + vertex.height / 2;
    vertex.y = Math.max(wanted, lowest);
    shift += wanted - vertex.y;
    free = vertex.y + vertex.height / 2 + rowGap;
  }
  // Distributes the displacement over all of them.
  const by = column.length === 0 ? 0 : shift / column.length;
  for (const vertex of column) vertex.y += by;
}

function mean(vertices: Vertex[]): number | undefined {
  if (vertices.length === 0) return undefined;
  return vertices.reduce((sum, { y }) => sum + y, 0) / vertices.length;
}

function route(from: Point | undefined, fromBox: Box | undefined, to: Point | undefined, toBox: Box | undefined, passed: Point[], backward: boolean): Point[] {
  if (from === undefined || to === undefined || fromBox === undefined || toBox === undefined) return [];
  // A backward arrow starts and ends a little lower, so that it does not cover a forward one.
  const side = backward ? -1 : 1;
  const lower = backward ? 8 : 0;
  return [
    { x: from.x + (side * fromBox.width) / 2, y: from.y + lower },
    ...passed,
    { x: to.x - (side * toBox.width) / 2, y: to.y + lower },
  ];
}
