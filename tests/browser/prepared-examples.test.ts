import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Site, type Playground } from './harness.js';
import { choose } from './menus.js';

/** Fast enough to feel immediate, even on a busy machine. */
const FIRST_OUTPUT_MS = 2_000;

const example = (name: string, kind: 'cpp' | 'out'): string => readFileSync(`examples/${name}.${kind}`, 'utf8');

let site: Site;
let playground: Playground;
let letGo: () => void;

beforeAll(async () => {
  site = await Site.open();
  // Not all of its files: a browser has six connections per server, and one must stay free.
  letGo = site.hold(/\/compiler-[\da-f]+\/.*\.(?:wasm|pack)$/);
  playground = await site.visit();
  await playground.page.waitForFunction(() => window.asyncioPlayground !== undefined);
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

afterAll(async () => {
  letGo();
  await playground.close();
  await site.close();
});

describe('before the compiler is loaded', () => {
  test.each(['01-hello', '02-gather-with-semaphore', '71-word-counts'])('the example %s runs as it is', async (name) => {
    await playground.page.select('#example', name);
    await playground.textIs(example(name, 'cpp'));
    const { report, stdout } = await playground.run(example(name, 'cpp'));
    expect(stdout).toBe(example(name, 'out'));
    expect(report.timings.compileMs).toBe(0);
    console.log(`${name}, compiled ahead of time, to its first output: ${Math.round(report.timings.firstOutputMs ?? NaN)} ms`);
    expect(report.timings.firstOutputMs).toBeLessThan(FIRST_OUTPUT_MS);
  });

  test('its orders are tried', async () => {
    await playground.page.select('#example', '01-hello');
    await playground.textIs(example('01-hello', 'cpp'));
    await choose(playground.page, '#orders');
    await playground.page.waitForFunction(() => document.getElementById('phase')?.textContent?.startsWith('Tried') === true, {
      polling: 30,
    });
    await playground.page.click('#run');
  });

  test('an edited one waits for the compiler, and then prints its own output', async () => {
    const ran = playground.run(example('01-hello', 'cpp').replace('ello', 'i'));
    letGo();
    const { report, stdout } = await ran;
    expect(stdout).toContain('Hi');
    expect(report.timings.compileMs).toBeGreaterThan(0);
  });
});

test('it is compiled for options other than those it was compiled with', async () => {
  const { report, stdout } = await playground.run(example('01-hello', 'cpp'), { optimisation: '1' });
  expect(stdout).toBe(example('01-hello', 'out'));
  expect(report.timings.compileMs).toBeGreaterThan(0);
});
