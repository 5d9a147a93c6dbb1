import { expect, test } from '@jest/globals';
import { fitLabel, taskLabel } from './task-label.js';

test.each([
  ['Task-2', 'consumer', 'consumer · Task-2'],
  ['Task-2', 'shop::Client::get', 'get · Task-2'],
  ['Task-2', 'asyncio::wait_for', 'wait_for · Task-2'],
  ['Task-2', 'map<std::string>', 'map<std::string> · Task-2'],
  ['Task-2', 'a lambda', 'lambda · Task-2'],
  ['Task-2', '', 'Task-2'],
  ['Task-2', undefined, 'Task-2'],
  ['worker-1', 'consumer', 'worker-1'],
  ['Task-force', 'consumer', 'Task-force'],
])('%s of %s is called %s', (name, coroutine, label) => {
  expect(taskLabel(name, coroutine)).toBe(label);
});

const upTo = (longest: number) => (text: string) => text.length <= longest;

test('a label that fits is left as it is', () => {
  expect(fitLabel('consumer · Task-2', upTo(17))).toBe('consumer · Task-2');
});

test('a long label keeps the number of the task', () => {
  expect(fitLabel('consumer_of_parcels · Task-12', upTo(20))).toBe('consumer_… · Task-12');
});

test('a label with no room for that is cut at its end, like any other text', () => {
  expect(fitLabel('consumer · Task-12', upTo(8))).toBe('consume…');
  expect(fitLabel('a name of the program', upTo(8))).toBe('a name…');
  expect(fitLabel('a name', upTo(0))).toBe('');
});
