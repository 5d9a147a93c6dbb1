import { fitLabel } from '../trace/task-label.js';
import { layOut, type Direction, type Layout, type Point } from './layout.js';
import type { WaitGraph, WaitLink, WaitNode } from './wait-graph.js';
import { ZoomRoom } from './zoom-room.js';

const namespace = 'http://www.w3.org/2000/svg';
const taskBox = { width: 160, height: 42 };
const thingBox = { width: 132, height: 28 };
const padding = 8;
/** As style/waits.css has them, without the family. */
const fonts = { thing: '12px', title: '600 12px', detail: '11px' };
/** Arrows have labels only up to this number. */
const mostWords = 24;

/** Draws a graph as SVG; the layout is reused while boxes and arrows are the same. */
export class GraphDrawing {
  readonly room: ZoomRoom;
  readonly #svg = create('svg');
  readonly #ruler = document.createElement('canvas').getContext('2d');
  readonly #parent: HTMLElement;
  readonly #choose: (node: WaitNode) => void;
  #family = '';
  #shape = '';
  #layout: Layout | undefined;

  constructor(parent: HTMLElement, choose: (node: WaitNode) => void, onZoom: () => void) {
    this.#parent = parent;
    this.#choose = choose;
    this.#svg.setAttribute('class', 'waits-graph');
    this.#svg.setAttribute('role', 'img');
    parent.append(this.#svg);
    this.room = new ZoomRoom(parent, this.#svg, onZoom);
  }

  draw(graph: WaitGraph, summary: string): void {
    const { offsetWidth, offsetHeight } = this.#parent;
    const links = graph.links.map(({ from, to }) => [from, to]);
    const shape = JSON.stringify([offsetWidth, offsetHeight, graph.nodes.map(({ shape, id }) => [shape, id]), links]);
    if (shape !== this.#shape || this.#layout === undefined) {
      this.#shape = shape;
      this.#layout = this.#fitting(graph);
    }
    const { places, routes, width, height, direction } = this.#layout;
    this.room.show(width, height);
    this.#svg.setAttribute('aria-label', summary);
    this.#family = getComputedStyle(this.#svg).fontFamily;
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

  /** In the direction in which it is larger when it fits. */
  #fitting(graph: WaitGraph): Layout {
    const boxes = graph.nodes.map(({ shape }) => (shape === 'task' ? taskBox : thingBox));
    const down = layOut(boxes, graph.links, 'down');
    const right = layOut(boxes, graph.links, 'right');
    const { offsetWidth, offsetHeight } = this.#parent;
    const part = ({ width, height }: Layout): number => Math.min(1, offsetWidth / width, offsetHeight / height);
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
      group.append(text(this.#fitted(node.title, width, fonts.thing), x, y + 4, 'middle'));
    } else {
      const left = x - width / 2 + padding;
      group.append(
        text(this.#fitted(node.title, width, fonts.title), left, y - 4, 'start', 'waits-title'),
        text(this.#fitted(node.detail, width, fonts.detail), left, y + 12, 'start', 'waits-detail'),
      );
    }
    const tip = create('title');
    tip.textContent = node.detail === '' ? node.title : `${node.title}: ${node.detail}`;
    group.append(tip);
    group.addEventListener('click', () => this.#choose(node));
    return group;
  }

  #fitted(content: string, width: number, font: string): string {
    const ruler = this.#ruler;
    if (ruler === null) return content;
    ruler.font = `${font} ${this.#family}`;
    return fitLabel(content, (part) => ruler.measureText(part).width <= width - 2 * padding);
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
    group.append(text(link.kind, (middle.x + next.x) / 2, (middle.y + next.y) / 2 - 3, 'middle', 'waits-word'));
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

function text(content: string, x: number, y: number, anchor: string, name = ''): SVGElement {
  const made = create('text');
  set(made, { x, y, 'text-anchor': anchor, class: name });
  made.textContent = content;
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
