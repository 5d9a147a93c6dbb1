import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AwaitGraph, AwaitGraphTask } from '../../web/protocol/trace.js';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView } from './screens.js';
import { setTextSize } from './text-size.js';

let playground: Playground;
oneVisit(async (opened) => {
  playground = opened;
  await playground.monaco();
  await playground.setText(Array.from({ length: 60 }, (_unused, line) => `// line ${line + 1}`).join('\n'));
});

beforeEach(() => playground.page.click('#waits-tab'));

afterEach(async () => {
  await playground.page.setViewport({ width: 1280, height: 800 });
  expect(playground.takeErrors()).toEqual([]);
});

function task(id: number, name: string, waitsFor: number | null): AwaitGraphTask {
  const place = { function: 'worker', file: 'main.cpp', line: id * 10 };
  return { id, name, state: waitsFor === null ? 'ready' : 'suspended', stack: [place], waitsFor, coroutine: place };
}

const deadlock: AwaitGraph = {
  type: 'await-graph',
  reason: 'deadlock',
  loopTime: 0,
  realTime: 0,
  tasks: [task(1, 'first', 1), task(2, '<img src=x onerror=alert(1)>', 0), task(3, 'third', 0)],
  things: [
    { kind: 'lock', text: "a Lock held by task 'first'", holders: [1], tasks: [] },
    { kind: 'lock', text: "a Lock held by task '<img src=x onerror=alert(1)>'", holders: [2], tasks: [] },
  ],
  cycles: [[1, 2]],
  omitted: 0,
};

const show = (graph: AwaitGraph): Promise<void> =>
  playground.page.evaluate((given) => window.asyncioPlayground?.showTrace(given), graph);
const texts = (): Promise<string[]> =>
  playground.page.$$eval('.waits-graph text', (found) => found.map((text) => text.textContent ?? ''));
async function openList(): Promise<void> {
  if ((await playground.page.$('.waits-list[open]')) === null) await playground.page.click('.waits-list summary');
  await playground.page.waitForSelector('.waits-list[open] li');
}

/** The edges of the elements, whole pixels; what a scroll hides included. */
const boxesOf = (selector: string): Promise<{ left: number; top: number; right: number; bottom: number }[]> =>
  playground.page.$$eval(selector, (found) =>
    found.map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return { left: Math.round(left), top: Math.round(top), right: Math.round(right), bottom: Math.round(bottom) };
    }),
  );

async function graphWidth(): Promise<number> {
  const [box] = await boxesOf('.waits-graph');
  return box === undefined ? NaN : box.right - box.left;
}

const pressButton = (name: string): Promise<void> =>
  playground.page.$$eval('#waits-view .timeline-bar button', (buttons, text) => buttons.find((button) => button.textContent === text)?.click(), name);

/** Each waits for the next: as wide or as high as a graph can be. */
const chain = (length: number): AwaitGraph => ({
  ...deadlock,
  reason: 'asked',
  cycles: [],
  tasks: Array.from({ length }, (_unused, at) => task(at + 1, `job-${at + 1}`, at < length - 1 ? at : null)),
  things: Array.from({ length: length - 1 }, (_unused, at) => ({ kind: 'task' as const, text: 'a Task', holders: [], tasks: [at + 2] })),
});

describe('the drawing', () => {
  test('has text of twice the size where the browser shows text so, as far as it fits', async () => {
    const { page } = playground;
    await page.setViewport({ width: 2560, height: 1440 });
    await show(chain(2));
    await page.waitForFunction(() => document.querySelectorAll('.waits-graph .waits-task').length === 2);
    const usual = await graphWidth();
    try {
      await setTextSize(page, 200);
      await page.waitForFunction((before) => (document.querySelector('.waits-graph')?.clientWidth ?? 0) > before, {}, usual);
      expect(await graphWidth()).toBe(2 * usual);
    } finally {
      await setTextSize(page, 100);
    }
  });

  test.each([3, 30])('of %d tasks fits its room', async (length) => {
    await show(chain(length));
    await playground.page.waitForFunction((count) => document.querySelectorAll('.waits-graph .waits-task').length === count, {}, length);
    const [room] = await boxesOf('.waits-picture');
    const [graph] = await boxesOf('.waits-graph');
    if (room === undefined || graph === undefined) throw new Error('nothing is drawn');
    expect(graph.left).toBeGreaterThanOrEqual(room.left);
    expect(graph.top).toBeGreaterThanOrEqual(room.top);
    expect(graph.right).toBeLessThanOrEqual(room.right);
    expect(graph.bottom).toBeLessThanOrEqual(room.bottom);
    expect(await playground.page.$eval('.waits-picture', ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [scrollWidth - clientWidth, scrollHeight - clientHeight])).toEqual([0, 0]);
  });

  test('keeps each text in its box, and says the whole of it as a title', async () => {
    const { page } = playground;
    const place = { function: 'consumer_of_parcels_from_the_warehouse', file: 'a_long_name_of_a_file.cpp', line: 1234 };
    await show({
      ...deadlock,
      reason: 'asked',
      cycles: [],
      tasks: [
        { id: 1, name: 'Task-1', state: 'suspended', stack: [place], waitsFor: 0, coroutine: place },
        { id: 2, name: 'W'.repeat(60), state: 'suspended', stack: [place], waitsFor: 0, coroutine: place },
      ],
      things: [{ kind: 'queue_get', text: 'get() from a Queue', holders: [], tasks: [] }],
    });
    await page.waitForFunction(() => document.querySelectorAll('.waits-graph .waits-task').length === 2);
    const outside = await page.$$eval('.waits-graph :is(.waits-task, .waits-thing)', (nodes) =>
      nodes.flatMap((node) => {
        const box = node.querySelector('rect')?.getBoundingClientRect();
        return [...node.querySelectorAll('text')].flatMap((text) => {
          const { left, right } = text.getBoundingClientRect();
          return box === undefined || left < box.left || right > box.right ? [text.textContent] : [];
        });
      }),
    );
    expect(outside).toEqual([]);
    expect(await texts()).toEqual(expect.arrayContaining([expect.stringMatching(/^consumer_\w*… · Task-1$/), 'get() from a Queue']));
    expect(await page.$$eval('.waits-graph .waits-task title', (found) => found.map((title) => title.textContent))).toEqual([
      'consumer_of_parcels_from_the_warehouse · Task-1: waits · a_long_name_of_a_file.cpp:1234',
      `${'W'.repeat(60)}: waits · a_long_name_of_a_file.cpp:1234`,
    ]);
  });

  test('zooms by its buttons, and fits again', async () => {
    await show(chain(30));
    const fitting = await graphWidth();
    await pressButton('+');
    await pressButton('+');
    expect((await graphWidth()) / fitting).toBeCloseTo(1.25 ** 2, 1);
    await pressButton('−');
    expect((await graphWidth()) / fitting).toBeCloseTo(1.25, 1);
    expect(await playground.page.$eval('#waits-view .timeline-bar button', (button) => button.ariaPressed)).toBe('false');
    await pressButton('Fit');
    expect(await graphWidth()).toBe(fitting);
    expect(await playground.page.$eval('#waits-view .timeline-bar button', (button) => button.ariaPressed)).toBe('true');
  });

  test('zooms by keys', async () => {
    const { page } = playground;
    await show(chain(30));
    const fitting = await graphWidth();
    await page.focus('.waits-picture');
    await page.keyboard.press('+');
    expect((await graphWidth()) / fitting).toBeCloseTo(1.25, 1);
    await page.keyboard.press('-');
    await page.keyboard.press('f');
    expect(await graphWidth()).toBe(fitting);
  });

  test('zooms by Ctrl and the wheel around the pointer, and stays so while the graph changes', async () => {
    const { page } = playground;
    await show(chain(30));
    const fitting = await graphWidth();
    const [, , , node] = await boxesOf('.waits-graph .waits-task rect');
    if (node === undefined) throw new Error('nothing is drawn');
    const at = { x: (node.left + node.right) / 2, y: (node.top + node.bottom) / 2 };
    await page.mouse.move(at.x, at.y);
    await page.keyboard.down('Control');
    await page.mouse.wheel({ deltaY: -200 });
    await page.keyboard.up('Control');
    await page.waitForFunction((width) => (document.querySelector('.waits-graph')?.getBoundingClientRect().width ?? 0) > width * 2, {}, fitting);
    const zoomed = await graphWidth();
    const [, , , moved] = await boxesOf('.waits-graph .waits-task rect');
    expect(moved?.left).toBeLessThan(at.x);
    expect(moved?.right).toBeGreaterThan(at.x);
    const changed = chain(30);
    await show({ ...changed, tasks: changed.tasks.map((one) => ({ ...one, name: `${one.name}!` })) });
    await page.waitForFunction(() => [...document.querySelectorAll('.waits-title')].some((title) => title.textContent === 'job-4!'));
    expect(await graphWidth()).toBe(zoomed);
    await pressButton('Fit');
  });
});

test('a run that nobody watched can be made again, watched', async () => {
  const { page } = playground;
  const kept = await page.evaluate(() => window.asyncioPlayground?.getText() ?? '');
  await page.click('#console-tab');
  await playground.run('#include <asyncio.hpp>\nasyncio::Coro<> napper() { co_await asyncio::sleep(0.5); }\nint main() { asyncio::run(napper()); }\n');
  await page.click('#waits-tab');
  await page.waitForSelector('#watch', { visible: true });
  await page.click('#watch');
  await page.waitForSelector('.waits-graph .waits-task', { visible: true });
  expect(await texts()).toEqual(['napper · Task-1', 'sleep() · main.cpp:2']);
  expect(await page.$eval('#watch', (button) => button.checkVisibility())).toBe(false);
  await page.waitForSelector('#run[data-phase="idle"]');
  await playground.setText(kept);
});

describe('who waits for whom', () => {
  test('a deadlock is drawn, with its circle marked', async () => {
    const { page } = playground;
    await show(deadlock);
    await page.waitForSelector('.waits-graph .waits-task', { visible: true });
    expect(await page.$eval('.waits-status', (status) => status.textContent)).toBe(
      'Deadlock, tasks wait in a cycle: first → <img src=x onerror=alert(1)> → first',
    );
    expect(await texts()).toEqual(expect.arrayContaining(['first', 'third', 'a Lock', 'held by', 'waits · main.cpp:10']));
    expect(await page.$$eval('.waits-graph .waits-task.waits-cycle', (found) => found.length)).toBe(2);
    expect(await page.$$eval('.waits-graph .waits-link.waits-cycle', (found) => found.length)).toBe(4);
    // All of it is visible.
    const picture = await (await page.$('.waits-picture'))?.boundingBox();
    const graph = await (await page.$('.waits-graph'))?.boundingBox();
    expect(graph?.width).toBeLessThanOrEqual(picture?.width ?? 0);
    expect(await page.$$eval('#waits-view img', (found) => found.length)).toBe(0);
  });

  test('a click on a task goes to its line', async () => {
    const { page } = playground;
    await show(deadlock);
    const tasks = await page.$$('.waits-graph .waits-task');
    await tasks[2]?.click();
    await page.waitForFunction(() => document.querySelector('.monaco-editor .active-line-number')?.textContent === '30');
  });

  test('is described in words as well, each with a link to its line', async () => {
    const { page } = playground;
    await show(deadlock);
    await openList();
    expect(await page.$$eval('.waits-list li span', (items) => items.map((item) => item.textContent))).toEqual([
      "first: waits for a Lock held by task '<img src=x onerror=alert(1)>'",
      "<img src=x onerror=alert(1)>: waits for a Lock held by task 'first'",
      "third: waits for a Lock held by task 'first'",
    ]);
    await page.focus('.waits-list li button');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.monaco-editor .active-line-number')?.textContent === '10');
  });

  test('the focus stays in the list while the graph changes under it', async () => {
    const { page } = playground;
    await show(deadlock);
    await openList();
    await page.focus('.waits-list li:nth-child(2) button');
    await show({ ...deadlock, tasks: [...deadlock.tasks, task(4, 'new', null)] });
    await page.waitForFunction(() => document.querySelectorAll('.waits-list li').length === 4);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['task'])).toBe('2');
  });

  test('of 10,000 tasks there is a list to search, and a drawing of what was found', async () => {
    const { page } = playground;
    await show({ ...deadlock, reason: 'asked', cycles: [], tasks: Array.from({ length: 10_000 }, (_unused, at) => task(at + 1, `job-${at + 1}`, null)) });
    await page.waitForFunction(() => document.querySelector('.waits-list summary')?.textContent?.includes('More than 200'));
    expect(await page.$eval('.waits-list li:last-child', (item) => item.textContent)).toBe('9,700 more: search by name');
    await page.type('#waits-view input', 'job-777');
    await page.waitForSelector('.waits-graph .waits-task', { visible: true });
    expect(await page.$$eval('.waits-graph .waits-task', (found) => found.length)).toBe(11);
    await page.$eval('#waits-view input', (input) => {
      (input).value = '';
      input.dispatchEvent(new Event('input'));
    });
  });

  test('200 nodes are laid out and drawn without a stutter', async () => {
    const chain: AwaitGraph = {
      ...deadlock,
      reason: 'asked',
      cycles: [],
      tasks: Array.from({ length: 199 }, (_unused, at) => task(at + 1, `job-${at + 1}`, at < 198 ? at : null)),
      things: Array.from({ length: 198 }, (_unused, at) => ({ kind: 'task' as const, text: 'a Task', holders: [], tasks: [((at * 7) % 198) + 2] })),
    };
    const ms = await playground.page.evaluate(async (given) => {
      const begin = performance.now();
      window.asyncioPlayground?.showTrace(given);
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - begin;
    }, chain);
    console.log(`waits: 199 tasks laid out and drawn in ${ms.toFixed(0)} ms`);
    expect(await playground.page.$$eval('.waits-graph .waits-task', (found) => found.length)).toBe(199);
    expect(ms).toBeLessThan(250);
  });

  test('fits a phone', async () => {
    const { page } = playground;
    await page.setViewport({ width: 390, height: 844 });
    await openView(page, 'waits-tab');
    await show(deadlock);
    await page.waitForSelector('.waits-graph .waits-task', { visible: true });
    await page.waitForFunction(() => document.documentElement.scrollWidth <= 390);
    const box = await (await page.$('#waits-view input'))?.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  });
});
