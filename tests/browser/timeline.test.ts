import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AWAITED_KINDS, TRACE_KIND, type TraceBatch } from '../../web/protocol/trace.js';
import { TraceWriter } from '../../web/panels/trace/trace-writer.js';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView } from './screens.js';
import { setTextSize } from './text-size.js';

let playground: Playground;
oneVisit(async (opened) => {
  playground = opened;
  await playground.monaco();
  await playground.setText(Array.from({ length: 40 }, (_unused, line) => `// line ${line + 1}`).join('\n'));
});

beforeEach(() => playground.page.click('#timeline-tab'));

afterEach(async () => {
  // Switching the touch screen on or off reloads the page.
  await playground.page.setViewport({ width: 1280, height: 800 });
  await playground.ready();
  expect(playground.takeErrors()).toEqual([]);
});

/** Two tasks, from 0 to 100 ms. */
function sample(): TraceBatch {
  const writer = new TraceWriter();
  const body = writer.place('main.cpp', 3, 'worker');
  const wait = writer.place('main.cpp', 25, 'worker');
  writer
    .record(TRACE_KIND.begin, 0, { a: 0 })
    .record(TRACE_KIND.made, 1, { a: body })
    .record(TRACE_KIND.named, 1, { a: writer.text('<img src=x onerror=alert(1)>') })
    .record(TRACE_KIND.ready, 1)
    .record(TRACE_KIND.running, 1, { at: 1000 })
    .record(TRACE_KIND.suspended, 1, { detail: AWAITED_KINDS.indexOf('lock'), a: wait, at: 2000 })
    .record(TRACE_KIND.made, 2, { a: body, b: 1, at: 2000 })
    .record(TRACE_KIND.running, 2, { at: 50_000 })
    .record(TRACE_KIND.failed, 2, { a: writer.text('ValueError: no'), at: 60_000 })
    .record(TRACE_KIND.ready, 1, { b: 2, at: 60_000 })
    .record(TRACE_KIND.running, 1, { at: 90_000 })
    .record(TRACE_KIND.done, 1, { at: 100_000 });
  return writer.batch();
}

/** A run that ends at once gives the timeline a new trace. */
async function show({ records, texts }: TraceBatch): Promise<void> {
  await playground.page.evaluate(
    async (bytes, strings) => {
      const { asyncioPlayground } = window;
      if (asyncioPlayground === undefined) throw new Error('the page did not start');
      const kept = asyncioPlayground.getText();
      asyncioPlayground.setText('int main() {}');
      await asyncioPlayground.run();
      asyncioPlayground.setText(kept);
      asyncioPlayground.showTrace({ type: 'trace', records: Uint8Array.from(bytes).buffer, texts: strings });
    },
    [...new Uint8Array(records)],
    texts,
  );
  await playground.page.waitForSelector('.timeline-lanes canvas', { visible: true });
  await drawn();
}

const drawn = (): Promise<unknown> =>
  playground.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const details = (): Promise<string> => playground.page.$eval('.timeline-details span', (span) => span.textContent ?? '');
/** The editor may show the line a moment later. */
const activeLineIs = (line: string): Promise<unknown> =>
  playground.page.waitForFunction((wanted) => document.querySelector('.monaco-editor .active-line-number')?.textContent === wanted, { polling: 30 }, line);
const picture = (): Promise<string> =>
  playground.page.$eval('.timeline-lanes canvas', (canvas) => (canvas).toDataURL());
const pressed = (name: string): Promise<string | null> =>
  playground.page.$$eval(
    '.timeline-bar button',
    (buttons, text) => buttons.find((button) => button.textContent === text)?.ariaPressed ?? null,
    name,
  );
const clickOn = (name: string): Promise<void> =>
  playground.page.$$eval(
    '.timeline-bar button',
    (buttons, text) => buttons.find((button) => button.textContent === text)?.click(),
    name,
  );

/** A point of the drawing: in a lane, at a fraction of the visible time. */
async function pointAt(lane: number, part: number): Promise<{ x: number; y: number }> {
  const box = await (await playground.page.$('.timeline-lanes'))?.boundingBox();
  if (box === null || box === undefined) throw new Error('no timeline');
  const gutter = box.width < 480 ? 88 : 132;
  return { x: box.x + gutter + (box.width - gutter) * part, y: box.y + 22 + lane * 22 + 11 };
}

describe('the timeline', () => {
  test('says what to do before a program has run', async () => {
    const { page } = playground;
    await page.waitForSelector('#timeline-view .view-empty', { visible: true });
    expect(await page.$eval('#timeline-view .view-empty', (text) => text.textContent)).toContain('Run a program');
  });

  test('is navigated by arrow keys, and says what each task does', async () => {
    const { page } = playground;
    await show(sample());
    await page.focus('.timeline-lanes');
    await page.keyboard.press('ArrowDown');
    expect(await details()).toContain('Event loop');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await details()).toBe('<img src=x onerror=alert(1)>, worker: done, at 100 ms · event 7 of 7');
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowLeft');
    expect(await details()).toContain('waits for a Lock, from 2 ms for 58 ms · event 4 of 7');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await details()).toContain('worker · Task-2: failed: ValueError: no, at 60 ms');
  });

  test('goes to the line of the co_await, by Enter and by its button', async () => {
    const { page } = playground;
    await show(sample());
    await page.focus('.timeline-lanes');
    for (const key of ['ArrowDown', 'ArrowDown', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight'] as const) await page.keyboard.press(key);
    expect(await page.$eval('.timeline-details button', (button) => button.textContent)).toBe('main.cpp:25');
    await page.keyboard.press('Enter');
    await activeLineIs('25');
  });

  test('goes to the line on a click in the drawing', async () => {
    const { page } = playground;
    await show(sample());
    const wait = await pointAt(1, 0.3);
    await page.mouse.click(wait.x, wait.y);
    await activeLineIs('25');
    expect(await details()).toContain('waits for a Lock');
    const made = await pointAt(2, 0.3);
    await page.mouse.click(made.x, made.y);
    expect(await details()).toContain('worker · Task-2: created');
    await activeLineIs('3');
  });

  test('has lanes of twice the height, and names twice as wide, where the browser shows text at twice the size', async () => {
    const { page } = playground;
    await show(sample());
    try {
      await setTextSize(page, 200);
      await drawn();
      const box = await (await page.$('.timeline-lanes'))?.boundingBox();
      if (box === null || box === undefined) throw new Error('no timeline');
      const gutter = box.width < 960 ? 176 : 264;
      await page.mouse.click(box.x + gutter + (box.width - gutter) * 0.3, box.y + 2 * (22 + 22 + 20));
      expect(await details()).toContain('waits for a Lock');
    } finally {
      await setTextSize(page, 100);
    }
  });

  test('shows under the mouse what a task does and how long, as text', async () => {
    const { page } = playground;
    await show(sample());
    const { x, y } = await pointAt(1, 0.3);
    await page.mouse.move(x, y);
    const tip = await page.$eval('.timeline-tip', (element) => ({ text: element.textContent, images: element.querySelectorAll('img').length }));
    expect(tip).toEqual({
      text: '<img src=x onerror=alert(1)>, worker: waits for a Lock, from 2 ms for 58 ms · main.cpp:25',
      images: 0,
    });
    await page.mouse.move(10, 10);
    expect(await page.$eval('.timeline-tip', (element) => (element as HTMLElement).hidden)).toBe(true);
  });

  test('zooms by keys, buttons and Ctrl with the wheel, and shows all again', async () => {
    const { page } = playground;
    await show(sample());
    const all = await picture();
    await page.focus('.timeline-lanes');
    for (const zoom of [
      () => page.keyboard.press('+'),
      () => clickOn('+'),
      async () => {
        const { x, y } = await pointAt(1, 0.5);
        await page.mouse.move(x, y);
        await page.keyboard.down('Control');
        await page.mouse.wheel({ deltaY: -200 });
        await page.keyboard.up('Control');
        await page.waitForFunction(() => [...document.querySelectorAll('.timeline-bar button')].find(({ textContent }) => textContent === 'Fit')?.ariaPressed === 'false');
        await page.mouse.move(10, 10);
      },
    ]) {
      await zoom();
      await drawn();
      expect(await picture()).not.toBe(all);
      await page.focus('.timeline-lanes');
      await page.keyboard.press('f');
      await drawn();
      expect(await picture()).toBe(all);
    }
  });

  test('pans by dragging', async () => {
    const { page } = playground;
    await show(sample());
    for (let times = 0; times < 4; times += 1) await clickOn('+');
    await drawn();
    const before = await picture();
    const from = await pointAt(1, 0.8);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 120, from.y, { steps: 4 });
    await page.mouse.up();
    await drawn();
    expect(await picture()).not.toBe(before);
    // It was not a click.
    expect(await details()).toBe('');
  });

  test('follows what is newest when asked to', async () => {
    await show(sample());
    await clickOn('+');
    await clickOn('Follow');
    await drawn();
    expect(await pressed('Follow')).toBe('true');
    await playground.page.focus('.timeline-lanes');
    await playground.page.keyboard.press('l');
    await drawn();
    expect(await pressed('Follow')).toBe('false');
  });

  test('has the same data in a table', async () => {
    const { page } = playground;
    await show(sample());
    await page.focus('.timeline-lanes');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.click('.timeline-events summary');
    await page.waitForSelector('.timeline-table tbody tr');
    const rows = await page.$$eval('.timeline-table tbody tr', (found) => found.map((row) => [...row.cells].map((cell) => cell.textContent)));
    expect(rows).toContainEqual(['2 ms', 'waits for a Lock', 'main.cpp:25']);
    expect(rows).toContainEqual(['60 ms', "ready, woken by 'worker · Task-2'", 'main.cpp:25']);
    await page.click('.timeline-events summary');
  });

  test('finds tasks by their name', async () => {
    const { page } = playground;
    await show(sample());
    await page.type('.timeline-bar input', 'task-2');
    await page.waitForFunction(() => document.querySelector('.timeline-found')?.textContent === '1 of 3 lanes');
    await page.focus('.timeline-lanes');
    await page.keyboard.press('ArrowDown');
    expect(await details()).toContain('Task-2');
    await page.$eval('.timeline-bar input', (input) => {
      (input).value = '';
      input.dispatchEvent(new Event('input'));
    });
  });

  test('is saved as a trace for Perfetto', async () => {
    const { page } = playground;
    await show(sample());
    const saved = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const original = URL.createObjectURL.bind(URL);
          URL.createObjectURL = (blob: Blob) => {
            URL.createObjectURL = original;
            resolve(blob.text());
            return original(blob);
          };
        }),
    );
    await clickOn('Save trace');
    const { traceEvents } = JSON.parse(await saved) as { traceEvents: { ph: string; name: string }[] };
    expect(traceEvents).toContainEqual(expect.objectContaining({ ph: 'X', name: 'a Lock', ts: 2000, dur: 58_000 }));
  });
});

describe('on a phone', () => {
  beforeEach(async () => {
    await playground.page.setViewport({ width: 390, height: 844, hasTouch: true });
    await playground.ready();
    await openView(playground.page, 'timeline-tab');
  });

  test('the timeline fits, and its controls can be touched', async () => {
    const { page } = playground;
    await show(sample());
    await page.waitForFunction(() => document.documentElement.scrollWidth <= 390);
    const controls = await Promise.all((await page.$$('.timeline-bar > *')).map((control) => control.boundingBox()));
    for (const box of controls) {
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(44);
    }
  });

  test('a tap chooses, two fingers zoom', async () => {
    const { page } = playground;
    await show(sample());
    await page.$eval('.timeline-lanes', (lanes) => lanes.scrollIntoView({ block: 'center' }));
    const at = await pointAt(1, 0.3);
    await page.touchscreen.tap(at.x, at.y);
    await page.waitForFunction(() => document.querySelector('.timeline-details span')?.textContent?.includes('waits for a Lock'));
    expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true);
    await page.focus('.timeline-lanes');
    await page.keyboard.press('f');
    await drawn();
    const left = await page.touchscreen.touchStart(at.x - 20, at.y);
    const right = await page.touchscreen.touchStart(at.x + 20, at.y);
    await left.move(at.x - 60, at.y);
    await right.move(at.x + 80, at.y);
    await left.end();
    await right.end();
    await drawn();
    expect(await pressed('Fit')).toBe('false');
  });
});

/** Performs an act in each of `count` frames; returns the times between the frames. */
async function framesOf(act: string, count: number): Promise<number[]> {
  const acts = (window as unknown as { timelineActs: Record<string, (frame: number) => void> }).timelineActs;
  const apart: number[] = [];
  let last = performance.now();
  for (let frame = 0; frame < count; frame += 1) {
    acts[act]?.(frame);
    await new Promise(requestAnimationFrame);
    apart.push(performance.now() - last);
    last = performance.now();
  }
  return apart;
}

describe('10,000 tasks and a million records', () => {
  test('pan, zoom and scroll smoothly', async () => {
    const { page } = playground;
    await show(sample());
    const count = await page.evaluate(
      async (kinds, awaited) => {
        const tasks = 10_000;
        const rounds = 33;
        const records: number[][] = [];
        const batchOf = (rows: number[][]): ArrayBuffer => {
          const buffer = new ArrayBuffer(rows.length * 32);
          const view = new DataView(buffer);
          rows.forEach(([kind = 0, detail = 0, task = 0, a = 0, b = 0, at = 0], row) => {
            view.setUint8(row * 32, kind);
            view.setUint8(row * 32 + 1, detail);
            view.setUint32(row * 32 + 4, task, true);
            view.setUint32(row * 32 + 8, a, true);
            view.setUint32(row * 32 + 12, b, true);
            view.setFloat64(row * 32 + 16, at, true);
            view.setFloat64(row * 32 + 24, at, true);
          });
          return buffer;
        };
        const send = (): number => {
          const buffer = batchOf(records.splice(0));
          const begin = performance.now();
          window.asyncioPlayground?.showTrace({ type: 'trace', records: buffer, texts: [] });
          return performance.now() - begin;
        };
        const start = 200_000;
        for (let task = 10; task < tasks + 10; task += 1) records.push([kinds.made, 0, task, 0, 0, start]);
        send();
        let count = tasks;
        for (let round = 0; round < rounds; round += 1) {
          for (let task = 10; task < tasks + 10; task += 1) {
            const at = start + (round * tasks + task) * 20;
            records.push([kinds.ready, 0, task, 0, 0, at], [kinds.running, 0, task, 0, 0, at + 5], [kinds.suspended, awaited, task, 1, 0, at + 15]);
          }
          count += records.length;
          send();
          await new Promise((resolve) => setTimeout(resolve));
        }
        const lanes = document.querySelector<HTMLElement>('.timeline-lanes');
        if (lanes === null) throw new Error('no timeline');
        const box = lanes.getBoundingClientRect();
        const wheel = (options: WheelEventInit): void => {
          lanes.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: box.left + 300, clientY: box.top + 100, ...options }));
        };
        Object.assign(window, {
          timelineActs: {
            scroll: () => (lanes.scrollTop += 900),
            pan: (frame: number) => wheel({ deltaX: frame % 60 < 30 ? 25 : -25 }),
            zoom: (frame: number) => wheel({ ctrlKey: true, deltaY: frame % 30 < 15 ? -80 : 80 }),
          },
        });
        return count;
      },
      TRACE_KIND,
      AWAITED_KINDS.indexOf('queue_get'),
    );
    expect(count).toBeGreaterThanOrEqual(1_000_000);
    const session = await page.createCDPSession();
    // The CPU time of the page's thread: other load on the machine does not affect it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const computed = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
    };
    await page.focus('.timeline-lanes');
    await page.keyboard.press('f');
    for (const act of ['scroll', 'pan', 'zoom'] as const) {
      if (act === 'pan') for (let times = 0; times < 4; times += 1) await page.keyboard.press('+');
      const before = await computed();
      const frames = await page.evaluate(framesOf, act, 120);
      const work = ((await computed()) - before) / 120;
      const sorted = [...frames].sort((a, b) => a - b);
      console.log(
        `timeline, ${act}: the page computes ${work.toFixed(1)} ms a frame; frames ${sorted[60]?.toFixed(1)} ms apart, the slowest ${sorted.at(-1)?.toFixed(1)} ms`,
      );
      expect(work).toBeLessThanOrEqual(16);
    }
    await session.detach();
  }, 120_000);
});
