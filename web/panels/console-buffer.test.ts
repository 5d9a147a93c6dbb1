import { describe, expect, test } from '@jest/globals';
import { ConsoleBuffer, type ConsoleLimits } from './console-buffer.js';

const small: ConsoleLimits = {
  headLines: 2,
  headChars: 1000,
  tailLines: 3,
  tailChars: 1000,
  lineChars: 10,
};

describe('the console buffer', () => {
  test('joins pieces of one line and starts a line at each newline', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'on');
    buffer.append('stdout', 'e\ntwo\n');
    buffer.append('stdout', 'three');
    expect(buffer.text()).toBe('one\ntwo\nthree');
    expect(buffer.lineCount).toBe(3);
  });

  test('a line is of the task that began it', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'before any\none', 0);
    buffer.append('stdout', ' two\n', 1, 'Task-2');
    buffer.append('stdout', 'three\n', 2, 'Task-2');
    expect(Array.from(buffer.lines(), ({ task }) => task)).toEqual([undefined, undefined, 'Task-2']);
  });

  test('keeps empty lines', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'a\n\n\nb\n');
    expect(buffer.text()).toBe('a\n\n\nb');
  });

  test('takes a carriage return before a newline as part of the line end', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'a\r\nb\r\n');
    expect(buffer.text()).toBe('a\nb');
  });

  test('tells stdout from stderr inside one line', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'out ');
    buffer.append('stderr', 'err');
    buffer.append('stderr', '!\n');
    expect(buffer.head[0]?.parts[0]).toEqual([
      { voice: 'stdout', style: {}, text: 'out ' },
      { voice: 'stderr', style: {}, text: 'err!' },
    ]);
  });

  test("the page's own lines do not continue an unfinished line of the program", () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'no newline');
    buffer.appendLine('info', 'ended');
    expect(buffer.text()).toBe('no newline\nended');
  });

  test('past its limits keeps head and tail and counts the lines between', () => {
    const buffer = new ConsoleBuffer(small);
    for (let i = 0; i < 100; i += 1) buffer.append('stdout', `${i}\n`);
    expect(buffer.text()).toBe('0\n1\n[95 lines (277 B) dropped here: the console keeps the beginning and the end]\n97\n98\n99');
    expect(buffer.droppedLines).toBe(95);
    expect(buffer.tailStart).toBe(97);
  });

  test('one append of many lines is bounded like many appends', () => {
    const buffer = new ConsoleBuffer(small);
    buffer.append('stdout', Array.from({ length: 5000 }, (_, i) => `${i}\n`).join(''));
    expect(buffer.text()).toBe('0\n1\n[4,995 lines (24 kB) dropped here: the console keeps the beginning and the end]\n4997\n4998\n4999');
  });

  test('a line longer than the limit keeps its beginning and its end and counts the rest', () => {
    const buffer = new ConsoleBuffer(small);
    buffer.append('stdout', 'x'.repeat(8));
    buffer.append('stdout', 'y'.repeat(8));
    buffer.append('stdout', 'z\nnext\n');
    expect(buffer.text()).toBe('xxxxx[6 characters dropped]yyyyyz\nnext');
  });

  test('lines in the tail are dropped when they are too long together', () => {
    const buffer = new ConsoleBuffer({ ...small, tailLines: 1000, tailChars: 25 });
    for (let i = 0; i < 10; i += 1) buffer.append('stdout', `${'x'.repeat(9)}${i}\n`);
    expect(buffer.text().split('\n').slice(-2)).toEqual(['xxxxxxxxx8', 'xxxxxxxxx9']);
    expect(buffer.droppedLines).toBe(6);
  });

  test('a head that is full by characters stays closed', () => {
    const buffer = new ConsoleBuffer({ ...small, headLines: 100, headChars: 10 });
    for (let i = 0; i < 8; i += 1) buffer.append('stdout', `line ${i}\n`);
    expect(buffer.head.length).toBe(2);
    expect(Array.from(buffer.lines(), (line) => line.number)).toEqual([0, 1, 5, 6, 7]);
  });

  test('hands out what is kept by line number', () => {
    const buffer = new ConsoleBuffer(small);
    for (let i = 0; i < 10; i += 1) buffer.append('stdout', `${i}\n`);
    expect([0, 1, 2, 6, 7, 9, 10].map((number) => buffer.lineAt(number)?.text())).toEqual(['0', '1', undefined, undefined, '7', '9', undefined]);
    expect(buffer.keptLines).toBe(5);
  });

  test('acts on escapes of a program, each stream with its own look', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', '\x1b[31mred');
    buffer.append('stderr', 'plain\x1b[');
    buffer.append('stdout', ' still red');
    buffer.append('stderr', '1mbold');
    expect(buffer.head[0]?.parts[0]).toEqual([
      { voice: 'stdout', style: { colour: { index: 1 } }, text: 'red' },
      { voice: 'stderr', style: {}, text: 'plain' },
      { voice: 'stdout', style: { colour: { index: 1 } }, text: ' still red' },
      { voice: 'stderr', style: { bold: true }, text: 'bold' },
    ]);
    buffer.forgetStyles();
    buffer.append('stdout', '\nnext');
    expect(buffer.head[1]?.parts[0]).toEqual([{ voice: 'stdout', style: {}, text: 'next' }]);
  });

  test('shows a progress bar as a terminal does', () => {
    const buffer = new ConsoleBuffer();
    for (let percent = 0; percent <= 100; percent += 1) buffer.append('stdout', `\r${'#'.repeat(percent / 10)} ${percent}%\x1b[K`);
    buffer.append('stdout', '\ndone\n');
    expect(buffer.text()).toBe('########## 100%\ndone');
  });

  test('acts on no escapes of what people type or the page says', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('input', 'a\x1b[31mb\r\n');
    buffer.appendLine('failure', 'crash: \x1b[2K\r\nboom\0');
    expect(buffer.text()).toBe('a[U+001B][31mb\ncrash: [U+001B][2K\nboom[U+0000]');
  });

  test('lines know when they began', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'one\ntw', 5);
    buffer.append('stdout', 'o\n', 9);
    buffer.appendLine('info', 'end');
    expect(buffer.head.map((line) => line.at)).toEqual([5, 5, undefined]);
  });

  test('every look costs as some characters do', () => {
    const buffer = new ConsoleBuffer({ ...small, headChars: 0, tailLines: 1000, tailChars: 9040, lineChars: 1000 });
    for (let i = 0; i < 20; i += 1) buffer.append('stdout', '\x1b[31ma\x1b[32mb\x1b[33mc\x1b[34md\n');
    expect(buffer.keptLines).toBe(10);
  });

  test('streams that take turns by single characters make no more elements than it has room for', () => {
    const buffer = new ConsoleBuffer();
    for (let i = 0; i < 200_000; i += 1) {
      buffer.append('stdout', 'a');
      buffer.append('stderr', i % 5 === 4 ? 'b\n' : 'b');
    }
    let elements = 0;
    for (const line of buffer.lines()) elements += 1 + line.parts.flat().length;
    expect(elements).toBeLessThan(60_000);
    expect(buffer.droppedLines + buffer.keptLines).toBe(40_000);
  });

  test('clearing starts anew', () => {
    const buffer = new ConsoleBuffer(small);
    for (let i = 0; i < 10; i += 1) buffer.append('stdout', `${i}\n`);
    buffer.clear();
    buffer.append('stdout', 'fresh\n');
    expect(buffer.text()).toBe('fresh');
    expect(buffer.droppedLines).toBe(0);
  });
});
