import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseFragment, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';
import { drawing } from '../../tools/picture/drawing.mjs';
import { roundSeconds, runShare } from '../../tools/picture/motion.mjs';
import { plotLeft, xOf } from '../../tools/picture/places.mjs';
import { runOf } from '../../tools/picture/run.mjs';
import type { ChromeTraceEvent } from '../../web/panels/timeline/chrome-trace.js';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

const lane = (tid: number, name: string): ChromeTraceEvent => ({
  ph: 'M', name: 'thread_name', pid: 1, tid, ts: 0, args: { name },
});
const piece = (tid: number, cat: string, name: string, from: number, to: number): ChromeTraceEvent => ({
  ph: 'X', name, cat, pid: 1, tid, ts: from * 1000, dur: (to - from) * 1000, args: {},
});
const instant = (tid: number, name: string, at: number): ChromeTraceEvent => ({
  ph: 'i', s: 't', name, cat: 'event', pid: 1, tid, ts: at * 1000, args: {},
});

const events: ChromeTraceEvent[] = [
  lane(1, 'Event loop'),
  piece(1, 'running', 'runs', 0, 0),
  piece(1, 'nothing to do', 'waits', 0, 400),
  piece(1, 'running', 'runs', 400, 600),
  instant(1, 'a callback took 100 µs', 600),
  piece(1, 'running', 'runs', 600, 700),
  lane(2, 'a <b> & "c"'),
  piece(2, 'created', 'created', 0, 0),
  piece(2, 'waiting', 'get() from a Queue', 0, 400),
  piece(2, 'ready', 'ready', 400, 600),
  piece(2, 'running', 'running', 600, 700),
  instant(2, 'failed: ValueError: no', 700),
  lane(3, 'other'),
  piece(3, 'waiting', 'sleep()', 0, 400),
  piece(3, 'running', 'running', 400, 600),
  instant(3, "cancel requested by 'other'", 600),
  instant(3, 'cancelled', 600),
];
const output = '   0 ms  begins\n 400 ms  a < b\n1000 ms  ends\n';
const run = runOf(events, output);

const palette = (colour: string): Record<string, string> => ({ surface: colour, text: colour, running: colour });
const palettes = { light: palette('rgb(255, 255, 255)'), dark: palette('rgb(0, 10, 0)') };
const code = ['Coro<> f() {', '    co_await g(); // waits', '}'];
const sample = drawing({ run, code, palettes });
const committed = readFileSync('docs/timeline.svg', 'utf8');

/** Of the sample, and of the one that README shows. */
const pictures = [['of a sample', sample], ['in README', committed]] as const;

function elements(svg: string): Element[] {
  const within = (node: Node): Element[] => ('tagName' in node ? [node, ...node.childNodes.flatMap(within)] : []);
  return parseFragment(svg).childNodes.flatMap(within);
}

const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
const attribute = ({ attrs }: Element, name: string): string | undefined => attrs.find((it) => it.name === name)?.value;
const textsOf = (svg: string, name: string): string[] =>
  elements(svg).filter(({ tagName }) => tagName === name).map(textOf);
const texts = (svg: string): string[] => textsOf(svg, 'text');
const styleOf = (svg: string): string => textsOf(svg, 'style').join('');

/** Elements that are not closed by their own name, in their order; XML forgives none. */
function unbalanced(svg: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, close = '', name = '', empty = ''] of svg.matchAll(/<(\/?)([\w:]+)(?: [\w:-]+="[^"<]*")*(\/?)>/g)) {
    if (close === '/' && open.pop() !== name) wrong.push(name);
    if (close === '' && empty === '') open.push(name);
  }
  return [...wrong, ...open];
}

test.each(pictures)('the picture %s is well-formed', (_where, svg) => {
  const errors: string[] = [];
  parseFragment(svg, { sourceCodeLocationInfo: true, onParseError: ({ code }: ParserError) => errors.push(code) });
  expect(errors).toEqual([]);
  expect(unbalanced(svg)).toEqual([]);
  // Each < begins a tag, and each & an entity of XML.
  expect(svg.replaceAll(/<\/?[\w:]+(?: [\w:-]+="[^"<]*")*\/?>/g, '')).not.toContain('<');
  expect(svg.replaceAll(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
});

test.each(pictures)('the picture %s holds no script, and asks for nothing from outside', (_where, svg) => {
  const found = elements(svg);
  expect(found.map(({ tagName }) => tagName)).not.toContain('script');
  expect(found.flatMap(({ attrs }) => attrs).filter(({ name }) => /^(?:on|href$|xlink|src$)/.test(name))).toEqual([]);
  expect([...svg.matchAll(/url\((?!#)|@import|@font-face/g)]).toEqual([]);
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/\w+:\/\//);
});

test.each(pictures)('the picture %s is small', (_where, svg) => {
  expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(60_000);
});

test.each(pictures)('the picture %s says what it shows to who does not see it', (_where, svg) => {
  const [root] = elements(svg);
  expect(root === undefined ? undefined : attribute(root, 'aria-labelledby')).toBe('title desc');
  for (const name of ['title', 'desc']) {
    const found = elements(svg).filter((element) => element.tagName === name && attribute(element, 'id') === name);
    expect(found.map(textOf)).toEqual([expect.stringMatching(/\w/)]);
  }
});

test.each(pictures)('the picture %s has colours for light and dark', (_where, svg) => {
  const style = styleOf(svg);
  expect(style).toMatch(/^:root\{--surface:#[0-9a-f]{6};/m);
  expect(style).toMatch(/@media \(prefers-color-scheme:dark\)\{:root\{--surface:#[0-9a-f]{6};/);
});

test.each(pictures)('the picture %s moves, but not for who prefers less motion', (_where, svg) => {
  const style = styleOf(svg);
  const moving = /@media \(prefers-reduced-motion:no-preference\)\{\n[^@]*?\n\}/.exec(style)?.[0] ?? '';
  expect(moving).toContain('animation:');
  expect(style.replace(moving, '')).not.toContain('animation:');
});

test('each lane is named', () => {
  expect(texts(sample)).toEqual(expect.arrayContaining(['Event loop', 'a <b> & "c"', 'other']));
});

test('a piece says what is awaited, as far as there is room', () => {
  expect(texts(sample)).toEqual(expect.arrayContaining(['get() from a Queue', 'ready', 'sleep()', 'running']));
  const long = runOf([...events, piece(3, 'running', 'running', 9000, 9000)], output);
  const narrow = drawing({ run: long, code, palettes });
  expect(texts(narrow)).not.toContain('get() from a Queue');
});

test('a line of the console appears at its time, and the first is there from the beginning', () => {
  const classOf = (text: string): string | undefined => {
    const found = elements(sample).find((element) => element.tagName === 'text' && textOf(element) === text);
    return found === undefined ? undefined : attribute(found, 'class');
  };
  expect(classOf(' 400 ms  a < b')).toBe('mono at-400');
  const style = styleOf(sample);
  expect(style).toContain(`.at-400{animation:at-400 ${roundSeconds}s infinite step-end}`);
  expect(style).toContain(`@keyframes at-400{0%{opacity:0}${0.4 * runShare}%,100%{opacity:1}}`);
  expect(style).not.toContain('.at-0{');
});

test('what hides the rest arrives at the end of the run when the run ends, and is away then', () => {
  const travel = xOf(run.end, run.end) - plotLeft;
  expect(run.end).toBe(1000);
  expect(runShare).toBe(80);
  const [, arrives, gone] =
    /@keyframes uncover\{0%\{transform:none\}80%\{([^}]*)\}\n80.01%,100%\{([^}]*)\}/.exec(styleOf(sample)) ?? [];
  expect(arrives).toBe(`transform:translateX(${travel}px)`);
  const plot = elements(sample).find((element) => attribute(element, 'class') === 'surface later');
  expect(gone).toBe(`transform:translateX(${plot === undefined ? '' : attribute(plot, 'width')}px)`);
  expect(styleOf(sample)).toContain(`.later{${gone}}`);
});

test('the same run gives the same picture', () => {
  expect(drawing({ run: runOf(events, output), code, palettes })).toBe(sample);
});

test('a step that the trace cuts in two is one piece, and a state that takes no time is none', () => {
  expect(run.lanes[0]?.pieces).toEqual([
    { state: 'running', from: 0, to: 0, label: 'runs' },
    { state: 'idle', from: 0, to: 400, label: 'waits' },
    { state: 'running', from: 400, to: 700, label: 'runs' },
  ]);
  expect(run.lanes[1]?.pieces.map(({ state }) => state)).toEqual(['waiting', 'ready', 'running']);
});

test('a lane ends as its task does', () => {
  const ends = run.lanes.map(({ end }) => end);
  expect(ends).toEqual([undefined, { how: 'failed', at: 700 }, { how: 'cancelled', at: 600 }]);
});

test('a line of the program that does not begin with its time is refused', () => {
  expect(() => runOf(events, 'hello\n')).toThrow('does not start with a time: hello');
});
