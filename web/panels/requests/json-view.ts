import { shorten } from '../../protocol/shorten.js';
import { formatCount } from '../format.js';
import { made } from './elements.js';
import type { JsonNode } from './json-tree.js';

/** Members of an object or array that are shown; each is several page elements. */
const MOST_SHOWN = 500;
const LONGEST_STRING = 10_000;
/** So small a container is open from the start. */
const OPEN_MEMBERS = 20;
const OPEN_DEPTH = 3;

type Container = Extract<JsonNode, { kind: 'object' | 'array' }>;

/** JSON whose objects and arrays fold. What is folded is made when it is opened. */
export function jsonView(root: JsonNode): HTMLElement {
  const view = made('div', 'json');
  view.append(nodeView(root, undefined, 0));
  return view;
}

function nodeView(node: JsonNode, key: string | undefined, depth: number): HTMLElement {
  if (node.kind === 'object' || node.kind === 'array') return containerView(node, key, depth);
  const line = made('div', 'json-line');
  line.append(...keyParts(key), scalarView(node));
  return line;
}

function containerView(node: Container, key: string | undefined, depth: number): HTMLElement {
  const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
  const members = membersOf(node);
  if (members.length === 0) {
    const line = made('div', 'json-line');
    line.append(...keyParts(key), `${open}${close}`);
    return line;
  }
  const folding = made('details', 'json-folding');
  const summary = made('summary');
  summary.append(...keyParts(key), `${open} `, made('span', 'json-count', countText(node, members.length)), made('span', 'json-close', ` ${close}`));
  folding.append(summary);
  const fill = (): void => {
    if (folding.childElementCount > 1) return;
    const inside = made('div', 'json-inside');
    inside.append(...members.slice(0, MOST_SHOWN).map(([name, value]) => nodeView(value, name, depth + 1)));
    if (members.length > MOST_SHOWN) {
      inside.append(made('div', 'json-line json-count', `${formatCount(members.length - MOST_SHOWN)} more are not shown: see the text`));
    }
    folding.append(inside, made('div', 'json-line', close));
  };
  folding.addEventListener('toggle', fill);
  if (depth < OPEN_DEPTH && (depth === 0 || members.length <= OPEN_MEMBERS)) {
    fill();
    folding.open = true;
  }
  return folding;
}

function membersOf(node: Container): [key: string | undefined, value: JsonNode][] {
  return node.kind === 'object' ? node.entries : node.items.map((item) => [undefined, item]);
}

function countText(node: Container, count: number): string {
  const [one, many] = node.kind === 'object' ? ['key', 'keys'] : ['item', 'items'];
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function keyParts(key: string | undefined): (Node | string)[] {
  return key === undefined ? [] : [made('span', 'json-key', JSON.stringify(shorten(key, LONGEST_STRING))), ': '];
}

function scalarView(node: Exclude<JsonNode, Container>): HTMLElement {
  const text = node.kind === 'string' ? JSON.stringify(shorten(node.text, LONGEST_STRING)) : shorten(node.text, LONGEST_STRING);
  return made('span', `json-${node.kind}`, text);
}
