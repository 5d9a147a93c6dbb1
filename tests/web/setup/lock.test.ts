import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { locked } from '../../../emsdk-config/steps/lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a build waits for another one of its folder, says so once, and then goes on', async () => {
  const path = join(folder, 'taken');
  writeFileSync(path, `${process.ppid}\n`);
  const waits: number[] = [];
  let release = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    release = resolve;
  });
  const done = locked(
    path,
    (pid) => {
      waits.push(pid);
      release();
    },
    () => Promise.resolve(readFileSync(path, 'utf8')),
  );
  await waiting;
  rmSync(path);
  expect(await done).toBe(`${process.pid}\n`);
  expect(waits).toEqual([process.ppid]);
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that died, or that was never written, is taken over', async () => {
  for (const left of ['2147483646\n', '']) {
    const path = join(folder, 'left');
    writeFileSync(path, left);
    expect(await locked(path, () => expect('a wait').toBe('none'), () => Promise.resolve('built'))).toBe('built');
  }
});

test('the lock is given back where the build fails', async () => {
  const path = join(folder, 'failing');
  await expect(locked(path, () => undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
});
