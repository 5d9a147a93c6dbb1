import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { librariesOf } from '../../web/compile/worker/libraries.js';
import { Site, type Playground, type Ran } from './harness.js';
import { sampleOf } from './sample.js';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.cpp'))
  .map((name) => name.replace(/\.cpp$/, ''));

/** Compiling all of them in the page takes minutes; the site's build has compiled all by the same compiler. */
const compiled = new Set(sampleOf(names, 12));

let site: Site;
let playground: Playground;
const firstOutputs: number[] = [];
const warnings: string[] = [];

beforeAll(async () => {
  site = await Site.open();
  playground = await site.visit();
  await playground.ready();
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

afterAll(async () => {
  const sorted = firstOutputs.sort((a, b) => a - b);
  console.log(`Run to first output, median of ${sorted.length} examples: ${Math.round(sorted[sorted.length >> 1] ?? NaN)} ms`);
  await playground.close();
  await site.close();
});

test('there are at least ten examples', () => {
  expect(names.length).toBeGreaterThanOrEqual(10);
});

describe('the example', () => {
  test.each(names)('%s prints what its .out file says', async (name) => {
    const { page } = playground;
    const source = readFileSync(join(folder, `${name}.cpp`), 'utf8');
    await page.select('#example', name);
    await playground.textIs(source);
    const given = join(folder, `${name}.in`);
    const stdin = existsSync(given) ? readFileSync(given, 'utf8') : '';
    const expected = { outcome: { type: 'complete', exitCode: 0 }, stdout: readFileSync(join(folder, `${name}.out`), 'utf8') };
    const printed = async (text: string): Promise<Ran['report']> => {
      let ran = await playground.run(text, { stdin });
      // On a busy machine a timer can fire later than the example allows for.
      for (let again = 0; again < 2 && ran.stdout !== expected.stdout; again += 1) ran = await playground.run(text, { stdin });
      expect({ outcome: ran.report.outcome, stdout: ran.stdout }).toEqual(expected);
      return ran.report;
    };
    // Unchanged, it was compiled with the site, unless it needs a library; once edited, it is compiled in the page.
    const { compileMs } = (await printed(source)).timings;
    expect(compileMs === 0).toBe(librariesOf({ 'main.cpp': source }).length === 0);
    if (!compiled.has(name)) return;
    const report = await printed(`${source}// changed\n`);
    warnings.push(...report.diagnostics.map(({ file, message }) => `${name}: ${file}: ${message}`));
    if (report.timings.firstOutputMs !== undefined) firstOutputs.push(report.timings.firstOutputMs);
  });
});

test('no example gives a warning', () => {
  expect(warnings).toEqual([]);
});
