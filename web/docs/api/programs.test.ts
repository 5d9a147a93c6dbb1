import { expect, test } from '@jest/globals';
import { programsUsing } from './programs.mjs';

const program = (title: string, text: string, chapters = [{ text: 'A chapter', link: '/guide/chapter' }]): Parameters<typeof programsUsing>[1][number] => ({
  src: `${title}.cpp`,
  title,
  text,
  chapters,
});
const chosen = (name: string, ...programs: ReturnType<typeof program>[]): string[] => programsUsing(name, programs).map(({ title }) => title);

test('a program whose title is about the name comes first', () => {
  expect(chosen('asyncio::Queue', program('Shorter', 'asyncio::Queue'), program('Queues', 'asyncio::Queue<int> q'))).toEqual(['Queues', 'Shorter']);
});

test('the programs of chapters come before those of the reference, and the short before the long', () => {
  const ofReference = program('Third', 'asyncio::wait', []);
  expect(chosen('asyncio::wait', ofReference, program('Second', 'asyncio::wait(them)'), program('First', 'asyncio::wait'))).toEqual(['First', 'Second', 'Third']);
});

test('a name that is a prefix of another does not match it', () => {
  expect(chosen('asyncio::wait', program('For', 'asyncio::wait_for(it)'))).toEqual([]);
});

test("the library's name is needed, unless there is a namespace in between", () => {
  expect(chosen('asyncio::Event', program('Own', 'struct Event {};'))).toEqual([]);
  expect(chosen('asyncio::http::Headers', program('Alias', 'http::Headers headers;'))).toEqual(['Alias']);
});
