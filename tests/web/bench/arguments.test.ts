import { expect, test } from '@jest/globals';
import { parseArguments } from '../../bench/arguments.mjs';
import { benchmarks } from '../../bench/catalogue.mjs';

test('without arguments all are measured, five times', () => {
  expect(parseArguments([])).toEqual({ json: false, repetitions: 5, chosen: benchmarks });
});

test('named ones are measured in the order of the list, each once', () => {
  const { json, repetitions, chosen } = parseArguments(['queue', '--json', 'turn', '--repetitions', '3', 'queue']);
  expect(chosen.map(({ name }) => name)).toEqual(['turn', 'queue']);
  expect({ json, repetitions }).toEqual({ json: true, repetitions: 3 });
});

test.each([
  [['trun'], 'Unknown benchmark: trun'],
  [['--fast'], 'Unknown option: --fast'],
  [['--repetitions'], '--repetitions must be a whole number'],
  [['--repetitions', '0'], '--repetitions must be a whole number'],
  [['--repetitions', '2.5'], 'not 2.5'],
])('%j is refused with a sentence and the usage', (args, sentence) => {
  expect(() => parseArguments(args)).toThrow(sentence);
  expect(() => parseArguments(args)).toThrow('usage: npm run');
});
