import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AwaitGraph, AwaitGraphTask } from '../../web/protocol/trace.js';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView } from './screens.js';

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

describe('who waits for whom', () => {
  test('a deadlock is drawn, with its circle marked', async () => {
    const { page } = playground;
    await show(deadlock);
    await page.waitForSelector('.waits-graph .waits-task', { visible: true });
    expect(await page.$eval('.waits-status', (status) => status.textContent)).toBe(
      'Deadlock, they wait in a circle: first → <img src=x onerror=alert(1)> → first',
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
    expect(await page.$eval('.waits-list li:last-child', (item) => item.textContent)).toBe('9,700 more: find them by name');
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
