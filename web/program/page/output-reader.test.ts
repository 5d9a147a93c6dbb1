import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { JournalChunk, OutputChunk } from '../../protocol/program.js';
import { OutputReader } from './output-reader.js';

const journals: MessageChannel[] = [];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
});

afterEach(() => {
  jest.useRealTimers();
  for (const { port1, port2 } of journals.splice(0)) {
    port1.close();
    port2.close();
  }
});

const out = (text: string): OutputChunk => ({ stream: 'stdout', text });

function setUp(): { reader: OutputReader; heard: () => string; openJournal: () => MessagePort } {
  const chunks: OutputChunk[] = [];
  const reader = new OutputReader((stream, text) => chunks.push({ stream, text }));
  return {
    reader,
    heard: () => chunks.map(({ text }) => text).join(''),
    openJournal: () => {
      const channel = new MessageChannel();
      journals.push(channel);
      reader.receive({ type: 'journal', port: channel.port2 });
      return channel.port1;
    },
  };
}

/** Until what was posted has arrived. */
async function delivery(): Promise<void> {
  for (let turn = 0; turn < 5; ++turn) await new Promise((resolve) => setImmediate(resolve));
}

/** Written after `at` characters. */
const from = (at: number, text: string): JournalChunk => ({ at, ...out(text) });

describe('OutputReader', () => {
  test('hands on output as it comes', () => {
    const { reader, heard } = setUp();
    reader.receive({ type: 'output', at: 0, chunks: [out('a'), out('b')] });
    expect(heard()).toBe('ab');
  });

  test('leaves the journal alone when its batch comes in time', async () => {
    const { reader, heard, openJournal } = setUp();
    openJournal().postMessage(from(0, 'abc'));
    await delivery();
    expect(heard()).toBe('');
    reader.receive({ type: 'output', at: 0, chunks: [out('abc')] });
    jest.advanceTimersByTime(1_000);
    await delivery();
    expect(heard()).toBe('abc');
  });

  test('reads the journal when its batch is overdue, and skips that part of the batch', async () => {
    const { reader, heard, openJournal } = setUp();
    const journal = openJournal();
    journal.postMessage(from(0, 'ab'));
    journal.postMessage(from(2, 'cd'));
    jest.advanceTimersByTime(100);
    await delivery();
    expect(heard()).toBe('abcd');
    reader.receive({ type: 'output', at: 0, chunks: [out('abc'), { stream: 'stderr', text: 'def' }] });
    expect(heard()).toBe('abcdef');
    reader.receive({ type: 'output', at: 6, chunks: [out('ghi')] });
    expect(heard()).toBe('abcdefghi');
  });

  test('reads the journal at once when no batch is expected any more', async () => {
    const { reader, heard, openJournal } = setUp();
    openJournal().postMessage(from(0, 'last words'));
    reader.expectNoBatch();
    await delivery();
    expect(heard()).toBe('last words');
    openJournal().postMessage(from(10, '; more'));
    await delivery();
    expect(heard()).toBe('last words; more');
  });

  test('keeps the order of writing where the journal is delivered before a batch that was sent earlier', async () => {
    const { reader, heard, openJournal } = setUp();
    const journal = openJournal();
    reader.expectNoBatch();
    journal.postMessage(from(3, 'def'));
    journal.postMessage(from(6, 'ghi'));
    await delivery();
    expect(heard()).toBe('');
    reader.receive({ type: 'output', at: 0, chunks: [out('abc')] });
    expect(heard()).toBe('abcdefghi');
  });

  test('tells nothing twice where a batch is delivered before the journal that it repeats', async () => {
    const { reader, heard, openJournal } = setUp();
    const first = openJournal();
    reader.expectNoBatch();
    reader.receive({ type: 'output', at: 0, chunks: [out('abcd')] });
    const second = openJournal();
    second.postMessage(from(2, 'cd'));
    second.postMessage(from(3, 'def'));
    first.postMessage(from(0, 'ab'));
    await delivery();
    expect(heard()).toBe('abcdef');
  });

  test('hands on at the end what waits for something that never came', async () => {
    const { reader, heard, openJournal } = setUp();
    reader.receive({ type: 'output', at: 0, chunks: [out('abc')] });
    const journal = openJournal();
    reader.expectNoBatch();
    journal.postMessage(from(9, 'late'));
    journal.postMessage(from(5, 'early'));
    await delivery();
    expect(heard()).toBe('abc');
    reader.close();
    expect(heard()).toBe('abcearlyate');
  });
});
