import { expect, test } from '@jest/globals';
import { Feed } from './feed.js';

class Program {
  readonly got: string[] = [];
  input(text: string): void {
    this.got.push(text);
  }
  endInput(): void {
    this.got.push('(end)');
  }
  terminate(): void {
    this.got.push('(terminated)');
  }
}

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

test('a program is given pieces until a line is whole, and no more before it asks again', async () => {
  const program = new Program();
  const feed = new Feed(pieces('a', 'b\n', 'c\n'));
  await feed.giveLine(program);
  expect(program.got).toEqual(['a', 'b\n']);
  await feed.giveLine(program);
  await feed.giveLine(program);
  expect(program.got).toEqual(['a', 'b\n', 'c\n', '(end)']);
});

test('asking twice while a piece is on its way gives one line', async () => {
  const program = new Program();
  const feed = new Feed(pieces('a\n', 'b\n'));
  await Promise.all([feed.giveLine(program), feed.giveLine(program)]);
  expect(program.got).toEqual(['a\n']);
});

test('pieces that fail end the program, and the run fails with that', async () => {
  const program = new Program();
  const feed = new Feed(
    (async function* () {
      yield await Promise.resolve('a');
      throw new Error('the line is cut');
    })(),
  );
  await feed.giveLine(program);
  expect(program.got).toEqual(['a', '(terminated)']);
  expect(() => feed.end()).toThrow('the line is cut');
});

test('a piece that comes after the program has ended is not given, and what gives them is told', async () => {
  const program = new Program();
  let give: (text: string) => void = () => undefined;
  let told = false;
  const feed = new Feed({
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise((resolve) => (give = (value) => resolve({ value }))),
      return: () => {
        told = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  });
  const giving = feed.giveLine(program);
  feed.end();
  give('late\n');
  await giving;
  expect(program.got).toEqual([]);
  expect(told).toBe(true);
});
