import { describe, expect, jest, test } from '@jest/globals';
import type { CompileReply, CompileRequest, CompilerKit } from '../../protocol/compile.js';
import { CompileClient, type CompileWorker, type CompileWorkerEvents } from './compile-client.js';

const files = { 'main.cpp': 'int main() {}' };
const options = { optimisation: '0' } as const;
const timings = { compileMs: 1, linkMs: 1 };
const none = { compile: { '0': [], '1': [], '2': [] }, check: [], link: [] };
const kit: CompilerKit = {
  settings: {
    ...none,
    threads: none,
    standards: { 'c++23': [], 'c++26': [] },
    warnings: { default: [], all: [], error: [] },
    entryPoints: [],
    precompiledPath: '',
    headersPath: '',
    files: [],
  },
  modules: new Map(),
  files: new Map(),
  libraries: new Map(), whole: true,
};

/** A worker which answers when the test says so. */
class FakeWorker implements CompileWorker {
  readonly requests: CompileRequest[] = [];
  readonly events: CompileWorkerEvents;
  terminated = false;

  constructor(events: CompileWorkerEvents) {
    this.events = events;
  }

  postMessage(message: CompileRequest): void {
    this.requests.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  get last(): CompileRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error('nothing was asked of the worker');
    return request;
  }

  load(): void {
    this.events.onReply({ type: 'loaded', id: this.last.id, kit });
  }

  answer(reply: { type: 'compiled' } | { type: 'failed' }, id = this.last.id): void {
    const full: CompileReply =
      reply.type === 'compiled'
        ? { type: 'compiled', id, module: new Uint8Array([id]), diagnostics: [], timings }
        : { type: 'failed', id, message: 'no memory', retriable: true };
    this.events.onReply(full);
  }
}

function setUp(): { client: CompileClient; workers: FakeWorker[]; newest: () => FakeWorker } {
  const workers: FakeWorker[] = [];
  const client = new CompileClient({
    base: 'http://127.0.0.1/compiler/',
    createWorker: (events) => {
      const worker = new FakeWorker(events);
      workers.push(worker);
      return worker;
    },
    limitMs: 60_000,
    graceMs: 2_000,
  });
  const newest = (): FakeWorker => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error('no worker was made');
    return worker;
  };
  return { client, workers, newest };
}

async function setUpLoaded(): Promise<ReturnType<typeof setUp>> {
  const all = setUp();
  const loaded = all.client.load(() => undefined);
  all.newest().load();
  await loaded;
  return all;
}

/** Lets the promises that are settled already run what waits for them. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; ++turn) await Promise.resolve();
}

describe('loading the compiler', () => {
  test('is done once however often it is asked for', async () => {
    const { client, workers, newest } = setUp();
    const both = Promise.all([client.load(() => undefined), client.load(() => undefined)]);
    newest().load();
    await both;
    await client.load(() => undefined);
    expect(workers).toHaveLength(1);
    expect(newest().requests).toHaveLength(1);
  });

  test('tells its progress to everyone who waits', async () => {
    const { client, newest } = setUp();
    const seen: number[] = [];
    const loaded = client.load(({ loadedBytes }) => seen.push(loadedBytes));
    const alsoLoaded = client.load(({ loadedBytes }) => seen.push(loadedBytes * 10));
    newest().events.onReply({ type: 'progress', id: 1, phase: 'download', loadedBytes: 5, totalBytes: 9 });
    newest().load();
    await Promise.all([loaded, alsoLoaded]);
    expect(seen).toEqual([5, 50]);
  });

  test('rejects when it fails, and can be tried again', async () => {
    const { client, newest } = setUp();
    const first = client.load(() => undefined);
    newest().answer({ type: 'failed' });
    await expect(first).rejects.toThrow('no memory');
    const second = client.load(() => undefined);
    newest().load();
    await expect(second).resolves.toBeUndefined();
  });

  test('rejects when the worker cannot start, and the next try has a new worker', async () => {
    const { client, workers, newest } = setUp();
    const first = client.load(() => undefined);
    newest().events.onFailure('it could not be started');
    await expect(first).rejects.toThrow('it could not be started');
    const second = client.load(() => undefined);
    newest().load();
    await expect(second).resolves.toBeUndefined();
    expect(workers).toHaveLength(2);
  });
});

describe('a compile', () => {
  test('waits for the load, and settles on the answer', async () => {
    const { client, newest } = setUp();
    const result = client.compile(files, options);
    newest().load();
    await settle();
    newest().answer({ type: 'compiled' });
    await expect(result).resolves.toMatchObject({ type: 'compiled' });
  });

  test('fails when the load fails', async () => {
    const { client, newest } = setUp();
    const result = client.compile(files, options);
    newest().answer({ type: 'failed' });
    await expect(result).resolves.toEqual({ type: 'failed', message: 'no memory' });
  });

  test('fails when the worker fails, and the next one has a new worker with what the old one loaded', async () => {
    const { client, newest, workers } = await setUpLoaded();
    const result = client.compile(files, options);
    await settle();
    newest().events.onFailure('it crashed');
    await expect(result).resolves.toEqual({ type: 'failed', message: 'it crashed' });

    const next = client.compile(files, options);
    expect(workers).toHaveLength(2);
    expect(newest().last).toMatchObject({ type: 'load', kit });
    newest().load();
    await settle();
    newest().answer({ type: 'compiled' });
    await expect(next).resolves.toMatchObject({ type: 'compiled' });
  });

  test('is cancelled by a newer one, whose answer is its own', async () => {
    const { client, newest } = await setUpLoaded();
    const first = client.compile(files, options);
    await settle();
    const firstId = newest().last.id;
    const second = client.compile(files, options);
    await expect(first).resolves.toEqual({ type: 'cancelled' });
    await settle();
    const secondId = newest().last.id;
    newest().answer({ type: 'compiled' }, firstId);
    newest().answer({ type: 'compiled' }, secondId);
    await expect(second).resolves.toMatchObject({ type: 'compiled', module: new Uint8Array([secondId]) });
  });

  test('that is cancelled settles at once', async () => {
    const { client } = await setUpLoaded();
    const result = client.compile(files, options);
    await settle();
    client.cancel();
    await expect(result).resolves.toEqual({ type: 'cancelled' });
  });

  test('that is cancelled before the load is done is never sent', async () => {
    const { client, newest } = setUp();
    const result = client.compile(files, options);
    client.cancel();
    newest().load();
    await expect(result).resolves.toEqual({ type: 'cancelled' });
    await settle();
    expect(newest().requests.map(({ type }) => type)).toEqual(['load']);
  });

  test('is settled when the client is closed', async () => {
    const { client, newest } = await setUpLoaded();
    const result = client.compile(files, options);
    await settle();
    client.close();
    await expect(result).resolves.toEqual({ type: 'cancelled' });
    expect(newest().terminated).toBe(true);
  });
});

describe('a compiler that does not answer', () => {
  test('is ended when its time is up', async () => {
    jest.useFakeTimers();
    try {
      const { client, workers } = await setUpLoaded();
      const result = client.compile(files, options);
      await settle();
      jest.advanceTimersByTime(60_000);
      await expect(result).resolves.toMatchObject({ type: 'failed' });
      expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('has more time while more of it is being fetched', async () => {
    jest.useFakeTimers();
    try {
      const { client, workers, newest } = await setUpLoaded();
      const result = client.compile(files, options);
      await settle();
      jest.advanceTimersByTime(50_000);
      const { id } = newest().last;
      newest().events.onReply({ type: 'progress', id, phase: 'download', loadedBytes: 1, totalBytes: 2 });
      jest.advanceTimersByTime(50_000);
      newest().answer({ type: 'compiled' });
      await expect(result).resolves.toMatchObject({ type: 'compiled' });
      expect(workers).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });

  test('is ended a little after its compile was given up, and the newer one goes to the next worker', async () => {
    jest.useFakeTimers();
    try {
      const { client, workers, newest } = await setUpLoaded();
      void client.compile(files, options);
      await settle();
      const second = client.compile(files, options);
      await settle();
      jest.advanceTimersByTime(2_000);
      expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
      newest().load();
      await settle();
      newest().answer({ type: 'compiled' });
      await expect(second).resolves.toMatchObject({ type: 'compiled' });
    } finally {
      jest.useRealTimers();
    }
  });

  test('is kept when it answers the compile that was given up', async () => {
    jest.useFakeTimers();
    try {
      const { client, workers, newest } = await setUpLoaded();
      void client.compile(files, options);
      await settle();
      client.cancel();
      newest().answer({ type: 'compiled' });
      jest.advanceTimersByTime(10_000);
      expect(workers.map(({ terminated }) => terminated)).toEqual([false]);
    } finally {
      jest.useRealTimers();
    }
  });
});
