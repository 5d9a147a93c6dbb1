import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { exampleTitle } from '../../project/example-title.js';
import { catalogueOf, type ListedChapter } from './catalogue.js';
import { search, wordsOf } from './search.js';

const folder = new URL('../../../examples/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder);
const examples = files
  .filter((file) => file.endsWith('.cpp'))
  .map((file) => {
    const name = file.replace(/\.cpp$/, '');
    const source = read(file);
    return { name, title: exampleTitle(name, source), source };
  });
const chapters = catalogueOf(JSON.parse(read('chapters.json')) as ListedChapter[], examples, (name) =>
  files.includes(`${name}.py`) ? read(`${name}.py`) : undefined,
);
const found = (query: string): string[] => search(chapters, query).map(({ entry }) => entry.name);

describe('the search finds', () => {
  test('all, in the order of the chapters, where nothing is asked', () => {
    expect(found('  ')).toEqual(chapters.flatMap(({ entries }) => entries.map(({ name }) => name)));
    expect(found('')).toHaveLength(examples.length);
  });

  test.each([
    ['wait_for', '05-timeouts'],
    ['asyncio.wait_for()', '05-timeouts'],
    ['asyncio::TaskGroup', '04-task-group'],
    ['create_task', '30-task-results'],
    ['return_exceptions', '31-gather-errors'],
    ['FIRST_COMPLETED', '32-wait-first-completed'],
    ['PriorityQueue', '35-priority-queue'],
    ['BoundedSemaphore', '36-semaphore'],
    ['run_in_executor', '29-work-in-threads'],
    ['set_exception_handler', '38-exception-handler'],
    ['slow_callback_duration', '39-debug-mode'],
    ['deadlock', '47-deadlock-by-lock-order'],
    ['add_signal_handler', '68-graceful-shutdown'],
    ['asynccontextmanager', '25-exit-stack'],
  ])('first, for %s, the example about it', (query, name) => {
    expect(found(query)[0]).toBe(name);
  });

  test.each([
    ['mutex', 'Lock'],
    ['channel', 'Queue'],
    ['select', 'FIRST_COMPLETED'],
    ['sleep_for', 'sleep'],
    ['setTimeout', 'call_later'],
    ['Promise.all', 'gather'],
    ['condition_variable', 'Condition'],
    ['goroutine', 'create_task'],
    ['stop_token', 'cancel'],
    ['latch', 'Barrier'],
  ])('for %s, as others call it, what asyncio calls %s', (query, name) => {
    const shown = found(query).slice(0, 5);
    expect(shown.length).toBeGreaterThan(0);
    expect(found(name).slice(0, 8)).toEqual(expect.arrayContaining(shown.slice(0, 1)));
  });

  test('what only the Python says', () => {
    expect(found('except*')).toContain('34-errors-by-kind');
    expect(found('async with')).toContain('05-timeouts');
  });

  test('what a chapter is called', () => {
    expect(found('pitfalls')).toEqual(expect.arrayContaining(['44-blocking-the-loop', '48-swallowed-cancellation']));
  });

  test('only what has every word', () => {
    expect(found('wait_for deadlock')).toEqual(['47-deadlock-by-lock-order']);
    expect(found('wait_for nowhere')).toEqual([]);
  });

  test('a whole word before a part of one', () => {
    const waits = found('wait');
    expect(waits.indexOf('32-wait-first-completed')).toBeLessThan(waits.indexOf('05-timeouts'));
  });

  test('nothing by patterns: a dot is a dot', () => {
    expect(found('w.it_for')).toEqual([]);
    expect(found('<img onerror>')).toEqual([]);
  });
});

test("names are read as Python's documentation and C++ write them", () => {
  expect(wordsOf('asyncio.Queue.get()  asyncio::sleep() Lock')).toEqual(['queue.get', 'sleep', 'lock']);
});

describe('an entry', () => {
  test('says what its Python needs, and why there is none', () => {
    const entryOf = (wanted: string) => chapters.flatMap(({ entries }) => entries).find(({ name }) => name === wanted);
    expect(entryOf('26-eager-tasks')?.remarks).toEqual(['Python 3.12 or newer.']);
    expect(entryOf('50-parallel-requests')?.remarks.join()).toContain('aiohttp');
    expect(entryOf('27-who-waits-for-whom')).toMatchObject({ python: undefined, remarks: [expect.stringContaining('asyncio')] });
    expect(entryOf('01-hello')?.remarks).toEqual([]);
  });

  test('that is listed and not there is an error', () => {
    const listed = [{ id: 'x', title: 'X', examples: [{ name: '00-nothing', teaches: 'Nothing.' }] }];
    expect(() => catalogueOf(listed, examples, () => undefined)).toThrow('00-nothing');
  });
});
