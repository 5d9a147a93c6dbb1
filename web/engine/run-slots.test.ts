import { expect, jest, test } from '@jest/globals';
import { RunSlots } from './run-slots.js';

const never = new AbortController().signal;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('two begin at once, the third says that it waits and begins when one has ended', async () => {
  const slots = new RunSlots(2);
  const waits = jest.fn();
  const first = await slots.take(never, waits);
  await slots.take(never, waits);
  expect(waits).not.toHaveBeenCalled();
  const begun = jest.fn();
  void slots.take(never, waits).then(begun);
  await settled();
  expect(waits).toHaveBeenCalledTimes(1);
  expect(begun).not.toHaveBeenCalled();
  first?.();
  await settled();
  expect(begun).toHaveBeenCalledTimes(1);
});

test('they begin in the order they came, and one that is given up is passed over', async () => {
  const slots = new RunSlots(1);
  const end = await slots.take(never, () => undefined);
  const begun: string[] = [];
  const gone = new AbortController();
  const take = (name: string, signal: AbortSignal): Promise<void> =>
    slots.take(signal, () => undefined).then((release) => {
      begun.push(release === undefined ? `${name} given up` : name);
      release?.();
    });
  const all = [take('a', gone.signal), take('b', never), take('c', never)];
  gone.abort();
  end?.();
  await Promise.all(all);
  expect(begun).toEqual(['a given up', 'b', 'c']);
});

test('a turn that is given back twice is one turn', async () => {
  const slots = new RunSlots(1);
  const end = await slots.take(never, () => undefined);
  end?.();
  end?.();
  await slots.take(never, () => undefined);
  const waits = jest.fn();
  void slots.take(never, waits);
  expect(waits).toHaveBeenCalledTimes(1);
});
