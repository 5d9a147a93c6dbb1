import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandFor, fingerprint, folder, recordFile, runnable, runPython } from '../examples/python.mjs';

const ALL_MS = 300_000;
const ALONE_MS = 60_000;
const programs = runnable();
const checked = JSON.parse(readFileSync(recordFile, 'utf8')) as Record<string, string>;
const printed = new Map<string, { exitCode: number | null; stdout: string }>();

beforeAll(async () => {
  const waiting = programs.map((program) => program);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const command = commandFor(next.since);
      if (command === undefined) continue;
      const { exitCode, stdout } = await runPython(command, next.name);
      printed.set(next.name, { exitCode, stdout });
    }
  };
  await Promise.all([work(), work(), work()]);
}, ALL_MS);

describe('the Python beside an example prints what the example prints', () => {
  test.each(programs)('$name', async ({ name, since, expected }) => {
    // Without a python3 to run it, the record says that it did when it was last changed.
    expect({ [name]: checked[name] }).toEqual({ [name]: fingerprint(name) });
    const command = commandFor(since);
    if (command === undefined) return;
    const wanted = { exitCode: 0, stdout: expected };
    // Beside other tests a timer can fire later than the example allows for; alone it seldom does.
    let outcome = printed.get(name);
    for (let alone = 0; alone < 3 && outcome?.stdout !== expected; alone += 1) {
      const { exitCode, stdout } = await runPython(command, name);
      outcome = { exitCode, stdout };
    }
    expect(outcome).toEqual(wanted);
  }, ALONE_MS);
});

test('the record names no program that is gone', () => {
  expect(Object.keys(checked).sort()).toEqual(programs.map(({ name }) => name).sort());
});

test('each Python file is valid, without a warning', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.py')).map((name) => join(folder, name));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tests/examples/pyodide.mjs', '--parse', ...files], { encoding: 'utf8' });
  expect({ status, stderr, parsed: stdout.trim().split('\n') }).toEqual({ status: 0, stderr: '', parsed: files });
});
