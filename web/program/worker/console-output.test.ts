import { describe, expect, test } from '@jest/globals';
import type { JournalChunk, OutputChunk, ProgramMessage } from '../../protocol/program.js';
import { ConsoleOutput } from './console-output.js';

class Setting {
  now = 0;
  task: string | undefined;
  readonly sent: ProgramMessage[] = [];
  /** What was written to each journal, and whether it was closed. */
  readonly journals: { chunks: JournalChunk[]; closed: boolean }[] = [];
  readonly output = new ConsoleOutput(
    { postMessage: (message) => this.sent.push(structuredClone({ ...message, port: undefined }) as ProgramMessage) },
    () => this.task,
    () => this.now,
    () => {
      const journal = { chunks: [] as JournalChunk[], closed: false };
      this.journals.push(journal);
      const port1 = {
        postMessage: (chunk: JournalChunk) => journal.chunks.push(chunk),
        close: () => {
          journal.closed = true;
        },
      };
      return { port1, port2: {} as MessagePort };
    },
  );

  write(text: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
    this.output.write(stream, new TextEncoder().encode(text));
  }

  get batches(): OutputChunk[][] {
    return this.sent.flatMap((message) => (message.type === 'output' ? [message.chunks] : []));
  }

  get text(): string {
    return this.batches.flat().map(({ text }) => text).join('');
  }
}

describe('ConsoleOutput', () => {
  test('tells which task wrote, and keeps apart what different ones wrote', () => {
    const setting = new Setting();
    setting.write('main ');
    setting.task = 'Task-2';
    setting.write('second ');
    for (let i = 0; i < 2_000; ++i) setting.write('.');
    setting.task = 'Task-3';
    setting.write('third');
    setting.output.end();
    const chunks = setting.batches.flat();
    expect(chunks.slice(0, 2)).toEqual([
      { stream: 'stdout', text: 'main ' },
      { stream: 'stdout', text: 'second ', task: 'Task-2' },
    ]);
    expect(chunks.at(-2)).toMatchObject({ task: 'Task-2' });
    expect(chunks.at(-1)).toEqual({ stream: 'stdout', text: 'third', task: 'Task-3' });
  });

  test('tells with each text how much was written before it, whichever way it goes', () => {
    const setting = new Setting();
    for (let i = 0; i < 3_000; ++i) setting.write(`${i}\n`, i % 3 === 0 ? 'stderr' : 'stdout');
    setting.output.end();
    let written = 0;
    const outputs = setting.sent.flatMap((message) => (message.type === 'output' ? [message] : []));
    for (const { at, chunks } of outputs) {
      expect(at).toBe(written);
      written += chunks.reduce((length, { text }) => length + text.length, 0);
    }
    expect(written).toBe(setting.text.length);
    for (const { at, text } of setting.journals.flatMap(({ chunks }) => chunks)) expect(setting.text.slice(at, at + text.length)).toBe(text);
  });

  test('sends a write before it returns', () => {
    const setting = new Setting();
    setting.write('one\n');
    expect(setting.batches).toEqual([[{ stream: 'stdout', text: 'one\n' }]]);
  });

  test('joins the writes of a flood into batches', () => {
    const setting = new Setting();
    for (let i = 0; i < 10_000; ++i) setting.write(`${i}\n`);
    setting.output.flush();
    expect(setting.batches.length).toBeLessThan(1100);
    expect(setting.text).toBe(Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(''));
  });

  test('has every write of a flood out of its hands, sent or in an open journal', () => {
    const setting = new Setting();
    for (let i = 0; i < 5_000; ++i) {
      setting.write(`${i}\n`);
      const open = setting.journals.filter(({ closed }) => !closed);
      expect(open.length).toBeLessThanOrEqual(1);
      const kept = open.flatMap(({ chunks }) => chunks.map(({ text }) => text)).join('');
      expect((setting.text + kept).endsWith(`${i}\n`)).toBe(true);
    }
  });

  test('sends a batch when its time is up', () => {
    const setting = new Setting();
    for (let i = 0; i < 1_100; ++i) setting.write('x');
    const before = setting.batches.length;
    setting.now = 20;
    setting.write('y');
    expect(setting.batches.slice(before)).toEqual([[{ stream: 'stdout', text: `${'x'.repeat(100)}y` }]]);
    expect(setting.journals.map(({ closed }) => closed)).toEqual([true]);
  });

  test('sends writes singly again after a quiet time', () => {
    const setting = new Setting();
    for (let i = 0; i < 2_000; ++i) setting.write('x');
    setting.output.flush();
    setting.now = 1_000;
    setting.write('late');
    expect(setting.batches.at(-1)).toEqual([{ stream: 'stdout', text: 'late' }]);
  });

  test('keeps the order of both streams in a batch', () => {
    const setting = new Setting();
    for (let i = 0; i < 1_000; ++i) setting.write('.');
    setting.write('a');
    setting.write('b', 'stderr');
    setting.write('c');
    setting.output.flush();
    expect(setting.batches.at(-1)).toEqual([
      { stream: 'stdout', text: 'a' },
      { stream: 'stderr', text: 'b' },
      { stream: 'stdout', text: 'c' },
    ]);
  });

  test('holds a character back until all its bytes are written', () => {
    const setting = new Setting();
    for (const byte of new TextEncoder().encode('ü🎉')) setting.output.write('stdout', Uint8Array.of(byte));
    expect(setting.batches.flat().map(({ text }) => text)).toEqual(['ü', '🎉']);
  });

  test('sends at the end what is left of a character', () => {
    const setting = new Setting();
    setting.output.write('stderr', Uint8Array.of(0xf0, 0x9f));
    setting.output.end();
    expect(setting.batches).toEqual([[{ stream: 'stderr', text: '\udcf0\udc9f' }]]);
  });
});
