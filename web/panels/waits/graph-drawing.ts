import { layOut, type Direction, type Layout, type Point } from './layout.js';
import type { WaitGraph, WaitLink, WaitNode } from './wait-graph.js';

const namespace = 'http://www.w3.org/2000/svg';
const taskBox = { width: 160, height: 42 };
const thingBox = { width: 112, height: 28 };
/** Minimum scale: smaller letters are hard to read, so larger graphs scroll. */
const smallest = 0.7;
/** Arrows have labels only up to this number. */
const mostWords = 24;

/** Draws a graph as SVG; the layout is reused while boxes and arrows are the same. */
export class GraphDrawing {
  readonly #svg = create('svg');
  readonly #parent: HTMLElement;
  readonly #choose: (node: WaitNode) => void;
  #shape = '';
  #layout: Layout | undefined;

  constructor(parent: HTMLElement, choose: (node: WaitNode) => void) {
    this.#parent = parent;
    this.#choose = choose;
    this.#svg.setAttribute('class', 'waits-graph');
    this.#svg.setAttribute('role', 'img');
    parent.append(this.#svg);
  }

  draw(graph: WaitGraph, summary: string): void {
    const { clientWidth, clientHeight } = this.#parent;
    const links = graph.links.map(({ from, to }) => [from, to]);
    const shape = JSON.stringify([clientWidth, clientHeight, graph.nodes.map(({ shape, id }) => [shape, id]), links]);
    if (shape !== this.#shape || this.#layout === undefined) {
      this.#shape = shape;
      this.#layout = this.#fitting(graph);
    }
    const { places, routes, width, height, direction } = this.#layout;
    const scale = Math.max(smallest, Math.min(1, clientWidth / width));
    this.#svg.setAttribute('width', String(Math.floor(width * scale)));
    this.#svg.setAttribute('height', String(Math.floor(height * scale)));
    this.#svg.setAttribute('viewBox', `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`);
    this.#svg.setAttribute('aria-label', summary);
    const words = graph.links.length <= mostWords;
    this.#svg.replaceChildren(
      arrowHeads(),
      ...graph.links.map((link, at) => drawLink(link, routes[at] ?? [], words, direction)),
      ...graph.nodes.map((node, at) => this.#node(node, places[at] ?? { x: 0, y: 0 })),
    );
  }

  clear(): void {
    this.#svg.replaceChildren();
    this.#svg.setAttribute('height', '0');
    this.#shape = '';
  }

  /** In the direction in which more of it is visible. */
  #fitting(graph: WaitGraph): Layout {
    const boxes = graph.nodes.map(({ shape }) => (shape === 'task' ? taskBox : thingBox));
    const down = layOut(boxes, graph.links, 'down');
    const right = layOut(boxes, graph.links, 'right');
    const { clientWidth, clientHeight } = this.#parent;
    const part = ({ width, height }: Layout): number => Math.min(1, clientWidth / width) * Math.min(1, clientHeight / height);
    return part(right) > part(down) ? right : down;
  }

  #node(node: WaitNode, { x, y }: Point): SVGElement {
    const group = create('g');
    group.setAttribute('class', `waits-${node.shape}${node.inCycle ? ' waits-cycle' : ''}`);
    const { width, height } = node.shape === 'task' ? taskBox : thingBox;
    const box = create('rect');
    set(box, { x: x - width / 2, y: y - height / 2, width, height, rx: node.shape === 'task' ? 5 : height / 2 });
    group.append(box);
    if (node.shape === 'thing') {
      group.append(text(node.title, x, y + 4, 18, 'middle'));
    } else {
      const left = x - width / 2 + 8;
      group.append(text(node.title, left, y - 4, 24, 'start', 'waits-title'), text(node.detail, left, y + 12, 28, 'start', 'waits-detail'));
    }
    const tip = create('title');
    tip.textContent = node.detail === '' ? node.title : `${node.title}: ${node.detail}`;
    group.append(tip);
    group.addEventListener('click', () => this.#choose(node));
    return group;
  }
}

function drawLink(link: WaitLink, points: Point[], words: boolean, direction: Direction): SVGElement {
  const group = create('g');
  group.setAttribute('class', `waits-link${link.kind === 'held by' ? ' waits-held' : ''}${link.inCycle ? ' waits-cycle' : ''}`);
  const path = create('path');
  path.setAttribute('d', curve(points, direction));
  path.setAttribute('marker-end', `url(#${link.inCycle ? 'waits-arrow-cycle' : 'waits-arrow'})`);
  group.append(path);
  const middle = points[Math.floor((points.length - 1) / 2)];
  const next = points[Math.floor((points.length - 1) / 2) + 1];
  if (words && link.kind === 'held by' && middle !== undefined && next !== undefined) {
    group.append(text(link.kind, (middle.x + next.x) / 2, (middle.y + next.y) / 2 - 3, 12, 'middle', 'waits-word'));
  }
  return group;
}

function curve(points: Point[], direction: Direction): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let from = first;
  for (const to of rest) {
    const x = round((from.x + to.x) / 2);
    const y = round((from.y + to.y) / 2);
    const end = `${round(to.x)} ${round(to.y)}`;
    path += direction === 'right' ? `C${x} ${round(from.y)} ${x} ${round(to.y)} ${end}` : `C${round(from.x)} ${y} ${round(to.x)} ${y} ${end}`;
    from = to;
  }
  return path;
}

function arrowHeads(): SVGElement {
  const definitions = create('defs');
  for (const id of ['waits-arrow', 'waits-arrow-cycle']) {
    const marker = create('marker');
    set(marker, { id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto-start-reverse', markerUnits: 'userSpaceOnUse' });
    const head = create('path');
    set(head, { d: 'M0 0L8 4L0 8z', class: id });
    marker.append(head);
    definitions.append(marker);
  }
  return definitions;
}

function text(content: string, x: number, y: number, longest: number, anchor: string, name = ''): SVGElement {
  const made = create('text');
  set(made, { x, y, 'text-anchor': anchor, class: name });
  made.textContent = content.length > longest ? `${content.slice(0, longest - 1)}…` : content;
  return made;
}

function set(element: SVGElement, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function create<K extends keyof SVGElementTagNameMap>(name: K): SVGElementTagNameMap[K] {
  return document.createElementNS(namespace, name);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
