/** The benchmarks with JavaScript promises: what a page would use instead. */

export interface Sample {
  count: number;
  seconds: number;
  bytes?: number;
}

/** Seconds that `count` operations took. */
type Body = (count: number) => Promise<number>;

const now = (): number => performance.now() / 1000;

function require(worked: boolean, what: string): void {
  if (!worked) throw new Error(what);
}

const resolved = Promise.resolve();

async function turn(count: number): Promise<number> {
  const start = now();
  for (let i = 0; i < count; ++i) await resolved;
  return now() - start;
}

// eslint-disable-next-line @typescript-eslint/require-await -- what is measured is an async function that awaits nothing
async function ready(value: number): Promise<number> {
  return value;
}

async function awaitReady(count: number): Promise<number> {
  let sum = 0;
  const start = now();
  for (let i = 0; i < count; ++i) sum += await ready(1);
  const seconds = now() - start;
  require(sum === count, 'an async function returned a wrong result');
  return seconds;
}

/** As with create_task(), the function starts in a later turn. */
async function spawn(count: number): Promise<number> {
  let sum = 0;
  const start = now();
  for (let i = 0; i < count; ++i) sum += await Promise.resolve(1).then(ready);
  const seconds = now() - start;
  require(sum === count, 'an async function returned a wrong result');
  return seconds;
}

async function gather100(count: number): Promise<number> {
  let sum = 0;
  const start = now();
  for (let i = 0; i < count; ++i) {
    const values = await Promise.all(Array.from({ length: 100 }, (_, k) => Promise.resolve(k).then(ready)));
    for (const value of values) sum += value;
  }
  const seconds = now() - start;
  require(sum === count * 4950, 'Promise.all() returned wrong results');
  return seconds;
}

/** First in, first out, without shifting an array. */
class Fifo<T> {
  #items: T[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head++];
    if (this.#head > 1000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

class Semaphore {
  readonly #waiters = new Fifo<() => void>();
  #free: number;

  constructor(free: number) {
    this.#free = free;
  }

  acquire(): Promise<void> | undefined {
    if (this.#free > 0) {
      --this.#free;
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  release(): void {
    if (this.#waiters.size > 0) this.#waiters.shift()?.();
    else ++this.#free;
  }
}

async function contention(slots: Semaphore, count: number): Promise<number> {
  let left = count;
  let done = 0;
  const contend = async (): Promise<void> => {
    while (left > 0) {
      --left;
      await slots.acquire();
      await resolved;
      slots.release();
      ++done;
    }
  };
  const start = now();
  await Promise.all(Array.from({ length: 100 }, contend));
  const seconds = now() - start;
  require(done === count, 'the semaphore admitted a wrong number of tasks');
  return seconds;
}

const lock = (count: number): Promise<number> => contention(new Semaphore(1), count);
const semaphore = (count: number): Promise<number> => contention(new Semaphore(10), count);

/** With room for one item. */
class Queue<T> {
  #item: { value: T } | undefined;
  readonly #getters = new Fifo<() => void>();
  readonly #putters = new Fifo<() => void>();

  async put(value: T): Promise<void> {
    while (this.#item !== undefined) {
      await new Promise<void>((resolve) => {
        this.#putters.push(resolve);
      });
    }
    this.#item = { value };
    this.#getters.shift()?.();
  }

  async get(): Promise<T> {
    while (this.#item === undefined) {
      await new Promise<void>((resolve) => {
        this.#getters.push(resolve);
      });
    }
    const { value } = this.#item;
    this.#item = undefined;
    this.#putters.shift()?.();
    return value;
  }
}

async function pingPong(count: number): Promise<number> {
  const there = new Queue<number>();
  const back = new Queue<number>();
  const echo = async (): Promise<void> => {
    for (let i = 0; i < count; ++i) await back.put(await there.get());
  };
  const partner = echo();
  let sum = 0;
  const start = now();
  for (let i = 0; i < count; ++i) {
    await there.put(1);
    sum += await back.get();
  }
  const seconds = now() - start;
  await partner;
  require(sum === count, 'the queue lost an item');
  return seconds;
}

/** Seconds without the idle time; undefined if not all slept at once. */
async function sleepTogether(count: number, delay: number): Promise<number | undefined> {
  let left = count;
  let allAwake: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    allAwake = resolve;
  });
  const sleeper = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, delay * 1000));
    if (--left === 0) allAwake();
  };
  const start = now();
  for (let i = 0; i < count; ++i) void sleeper();
  const asleep = now();
  while (now() < asleep + delay);
  const due = now();
  await end;
  return asleep < start + delay ? asleep - start + (now() - due) : undefined;
}

async function sleepers(count: number): Promise<number> {
  for (let delay = 0.01 + 2e-6 * count; ; delay *= 2) {
    const seconds = await sleepTogether(count, delay);
    if (seconds !== undefined) return seconds;
  }
}

async function cancelTimers(count: number): Promise<number> {
  let called = false;
  const timers: ReturnType<typeof setTimeout>[] = [];
  for (let i = 0; i < count; ++i) {
    timers.push(
      setTimeout(
        () => {
          called = true;
        },
        (3600 + ((i * 7919) % count)) * 1000,
      ),
    );
  }
  const start = now();
  for (const timer of timers) clearTimeout(timer);
  await resolved;
  const seconds = now() - start;
  require(!called, 'a timer of the next hour was called');
  return seconds;
}

const repeated: Record<string, Body> = {
  turn,
  await: awaitReady,
  spawn,
  gather: gather100,
  lock,
  semaphore,
  queue: pingPong,
};
const fixed: Record<string, [Body, number]> = {
  'sleepers-10k': [sleepers, 10_000],
  'sleepers-100k': [sleepers, 100_000],
  'sleepers-1m': [sleepers, 1_000_000],
  'cancel-timers': [cancelTimers, 100_000],
};

/** Measures like the C++ program: more operations until they take `seconds`. */
export async function measure(name: string, seconds: number): Promise<Sample> {
  const body = repeated[name];
  if (body !== undefined) {
    for (let count = 16; ; count *= 2) {
      const took = await body(count);
      if (took >= seconds) return { count, seconds: took };
    }
  }
  const entry = fixed[name];
  if (entry === undefined) throw new Error(`there is no benchmark ${name}`);
  const [fixedBody, each] = entry;
  await fixedBody(100);
  const total = { count: 0, seconds: 0 };
  do {
    total.seconds += await fixedBody(each);
    total.count += each;
  } while (total.seconds < seconds);
  return total;
}
