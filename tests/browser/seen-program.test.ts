import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';

let playground: Playground;
oneVisit((opened) => {
  playground = opened;
  return playground.monaco();
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

const head = `#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
`;

/** The worker's co_await is in line 6, amain's in line 11. */
const workers = `${head}
asyncio::Coro<> worker(int number) {
    co_await asyncio::sleep(number * 20ms);
}
asyncio::Coro<> amain() {
    auto first = asyncio::create_task(worker(1), {.name = "first"});
    auto second = asyncio::create_task(worker(2), {.name = "second"});
    co_await asyncio::gather(first, second);
}
int main() { asyncio::run(amain()); }
`;

/** Each holds one lock and waits for the other's in line 8. */
const deadlock = `${head}
asyncio::Coro<> forth(asyncio::Lock& a, asyncio::Lock& b) {
    auto one = co_await a.scoped();
    co_await asyncio::sleep(10ms);
    auto two = co_await b.scoped();
}
asyncio::Coro<> amain() {
    asyncio::Lock a, b;
    auto left = asyncio::create_task(forth(a, b), {.name = "left"});
    auto right = asyncio::create_task(forth(b, a), {.name = "right"});
    co_await asyncio::gather(left, right);
}
int main() { asyncio::run(amain()); }
`;

/** The events of each task in the timeline, read from its table: the kind and the line. */
async function lanes(): Promise<Record<string, string[]>> {
  const { page } = playground;
  await page.waitForSelector('.timeline-lanes canvas', { visible: true });
  await page.focus('.timeline-lanes');
  const found: Record<string, string[]> = {};
  for (let lane = 0; lane < 10; lane += 1) await page.keyboard.press('ArrowUp');
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await page.$('.timeline-events[open]')) === null) await page.$eval('.timeline-events summary', (summary) => (summary).click());
    await page.waitForSelector('.timeline-table table');
    const name = await page.$eval('.timeline-details span', (details) => details.textContent?.split(/[,:]/)[0] ?? '');
    if (name in found) return found;
    found[name] = await page.$$eval('.timeline-table tbody tr', (rows) =>
      rows.map((row) => `${row.cells[1]?.textContent} ${row.cells[2]?.textContent}`.trim()),
    );
    await page.keyboard.press('ArrowDown');
  }
  return found;
}

describe('the timeline of a program', () => {
  test('has a lane for each of its tasks, with what it waits for and where', async () => {
    const { page } = playground;
    await page.click('#timeline-tab');
    const { report } = await playground.run(workers);
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    const found = await lanes();
    expect(Object.keys(found)).toEqual(['Event loop', 'amain · Task-1', 'first', 'second']);
    expect(found['amain · Task-1']).toContain('waits for gather() main.cpp:11');
    expect(found['first']).toContain('waits for sleep() main.cpp:6');
    expect(found['second']?.[0]).toContain("created by 'amain · Task-1'");
    for (const task of ['amain · Task-1', 'first', 'second']) expect(found[task]?.at(-1)).toMatch(/^done/);
  });

  test('that is opened while it runs shows the live tasks', async () => {
    const { page } = playground;
    await page.click('#console-tab');
    // Three of them: the two of the run before stay in sight until this one is seen.
    const third = '    auto third = asyncio::create_task(worker(3), {.name = "third"});\n    std::println("started");\n';
    await playground.setText(
      workers.replace('number * 20ms', 'number * 1h').replace('    co_await asyncio::gather(first, second)', `${third}    co_await asyncio::gather(first, second, third)`),
    );
    await page.click('#run');
    await playground.consoleShows('started');
    await page.click('#timeline-tab');
    await page.waitForFunction(() => document.querySelector('.timeline-lanes')?.checkVisibility());
    await page.waitForFunction(
      () => Number.parseInt(document.querySelector<HTMLElement>('.timeline-space')?.style.height ?? '0') >= 22 * 6,
      { polling: 50 },
    );
    const found = await lanes();
    expect(Object.keys(found)).toEqual(['Event loop', 'amain · Task-1', 'first', 'second', 'third']);
    expect(found['first']?.at(-1)).toBe('waits for sleep() main.cpp:6');
    await page.click('#run');
    await playground.consoleShows('Stopped');
    expect((await lanes())['first']?.at(-1)).toMatch(/^cancelled/);
  });
});

describe('the waits of a program', () => {
  test('show a deadlock as a cycle, with the lines', async () => {
    const { page } = playground;
    await page.click('#console-tab');
    await playground.run(deadlock);
    await page.click('#waits-tab');
    await page.waitForSelector('.waits-graph .waits-task', { visible: true });
    expect(await page.$eval('.waits-status', (status) => status.textContent)).toMatch(
      /^Deadlock, tasks wait in a cycle: (left → right → left|right → left → right)$/,
    );
    const texts = await page.$$eval('.waits-graph text', (found) => found.map((text) => text.textContent));
    expect(texts.filter((text) => text === 'waits · main.cpp:8')).toHaveLength(2);
    expect(texts).toContain('held by');
    const [task] = await page.$$('.waits-graph .waits-task.waits-cycle');
    await task?.click();
    await page.waitForFunction(() => document.querySelector('.monaco-editor .active-line-number')?.textContent === '8');
  });

  test('are shown while it runs, and at Stop in their last state', async () => {
    const { page } = playground;
    await page.click('#waits-tab');
    await playground.setText(workers.replace('number * 20ms', 'number * 1h'));
    await page.click('#run');
    await page.waitForFunction(() => [...document.querySelectorAll('.waits-graph text')].some((text) => text.textContent.includes('second')));
    await page.click('#run');
    await playground.consoleShows('Stopped');
    expect(await page.$eval('.waits-status', (status) => status.textContent)).toBe('The state when Stop was pressed.');
    expect(await page.$$eval('.waits-graph .waits-task', (found) => found.length)).toBe(3);
  });
});

describe('a paused program', () => {
  /** The marked lines: the number, and what is said behind it. */
  const marks = (): Promise<string[]> =>
    playground.page.$$eval('.view-line', (lines) =>
      lines.flatMap((line) => {
        const mark = line.querySelector('.line-mark-text')?.textContent?.trim();
        if (mark === undefined) return [];
        const top = Math.round(line.getBoundingClientRect().top);
        const numbers = [...document.querySelectorAll('.line-numbers')];
        return [`${numbers.find((number) => Math.round(number.getBoundingClientRect().top) === top)?.textContent} ${mark.replaceAll('\u00a0', ' ')}`];
      }),
    );
  const marked = (wanted: string[]): Promise<unknown> =>
    playground.page.waitForFunction(
      (count) => document.querySelectorAll('.line-mark-text').length === count,
      { polling: 30 },
      wanted.length,
    ).then(async () => expect((await marks()).sort()).toEqual([...wanted].sort()));

  async function pausedAtSleep(): Promise<void> {
    const { page } = playground;
    await page.click('#console-tab');
    await playground.setText(`${head}
asyncio::Coro<> worker(int number) {
    co_await asyncio::sleep(number * 1h);
}
asyncio::Coro<> amain() {
    auto first = asyncio::create_task(worker(1));
    auto second = asyncio::create_task(worker(2), {.name = "second"});
    std::println("started");
    co_await asyncio::gather(first, second);
}
int main() { asyncio::run(amain()); }
`);
    await page.click('#run');
    await playground.consoleShows('started');
    await page.click('#pause');
    await page.waitForSelector('#step', { visible: true });
  }
  const lines = ['6 ‖ worker · Task-2, second', '12 ‖ amain · Task-1'];

  test('has its tasks marked at the lines where they wait, until it continues', async () => {
    await pausedAtSleep();
    await marked(lines);
    await playground.page.click('#continue');
    await marked([]);
    await playground.page.click('#pause');
    await marked(lines);
    await playground.page.click('#run');
    await playground.consoleShows('Stopped');
    await marked([]);
  });

  test('has no marks in a text that was edited since', async () => {
    const { page } = playground;
    await pausedAtSleep();
    await marked(lines);
    await page.click('.view-line');
    await page.keyboard.type(' ');
    await marked([]);
    await page.click('#run');
    await playground.consoleShows('Stopped');
  });
});
