import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { guideFolder, readSnippet } from '../../web/docs/site/snippet.mjs';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';

const names = readdirSync(join(guideFolder, 'snippets')).flatMap((file) => (file.endsWith('.cpp') ? [file] : []));
let playground: Playground;

oneVisit((visit) => {
  playground = visit;
});

test('the guide has programs of its own', () => {
  expect(names.length).toBeGreaterThanOrEqual(10);
});

// Those of the gallery are run by examples.test.ts.
describe('the program of the guide', () => {
  test.each(names)('%s prints what its .out file says, without a warning', async (name) => {
    const { text, expected, stdin } = readSnippet(`snippets/${name}`);
    const { report, stdout } = await playground.run(text, { stdin });
    expect({ outcome: report.outcome, stdout, diagnostics: report.diagnostics }).toEqual({
      outcome: { type: 'complete', exitCode: 0 },
      stdout: expected,
      diagnostics: [],
    });
  });
});
