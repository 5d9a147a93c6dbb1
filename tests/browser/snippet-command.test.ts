import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const command = fileURLToPath(new URL('../../tools/snippet.mjs', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippet-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Snippet {
  exitCode: Promise<number | null>;
  stdout: Buffer[];
  stderr: Buffer[];
  stdin: NodeJS.WritableStream;
}

async function snippet(source: string): Promise<Snippet> {
  const file = join(folder, 'program.cpp');
  await writeFile(file, source);
  const child = spawn(process.execPath, [command, file, '--timeout', '40']);
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (piece: Buffer) => stdout.push(piece));
  child.stderr.on('data', (piece: Buffer) => stderr.push(piece));
  return { exitCode: new Promise((resolve) => child.on('close', resolve)), stdout, stderr, stdin: child.stdin };
}

/** A byte order mark and every byte value, many times: more than a pipe can buffer. */
const bytes = Buffer.concat([
  Buffer.from('\ufeff'),
  ...Array.from({ length: 1024 }, (_, times) => Buffer.from(Array.from({ length: 256 }, (_byte, at) => (at * (2 * times + 1)) & 0xff))),
]);

test("a program reads the command's input byte by byte, and the command writes the program's output", async () => {
  const { exitCode, stdout, stderr, stdin } = await snippet(`
#include <cstdio>
int main() {
    std::fputs("ready\\n", stderr);
    for (int c; (c = std::getchar()) != EOF;) std::putchar(c), std::putc(255 - c, stderr);
}
`);
  // Written only now that the program waits for it.
  while (!Buffer.concat(stderr).includes('ready')) await new Promise((resolve) => setTimeout(resolve, 20));
  stdin.end(bytes);
  expect(await exitCode).toBe(0);
  expect(Buffer.concat(stdout).equals(bytes)).toBe(true);
  expect(Buffer.concat(stderr).equals(Buffer.concat([Buffer.from('ready\n'), bytes.map((byte) => 255 - byte)]))).toBe(true);
});
