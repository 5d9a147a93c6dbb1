import { beforeEach, expect, jest, test } from '@jest/globals';
import type { AnalysisReply, AnalysisRequest, CompilerKit } from '../../protocol/compile.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { AnalysisClient, type AnalysisWorkerEvents } from './analysis-client.js';

type WithoutId<Reply> = Reply extends unknown ? Omit<Reply, 'id'> : never;

class Worker {
  readonly received: AnalysisRequest[] = [];
  terminated = false;
  readonly #events: AnalysisWorkerEvents;

  constructor(events: AnalysisWorkerEvents) {
    this.#events = events;
  }

  postMessage(message: AnalysisRequest): void {
    this.received.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  /** What it was asked, but to load. */
  get questions(): string[] {
    return this.received.filter(({ type }) => type !== 'load').map((request) => ('files' in request ? `${request.type} ${request.files['main.cpp']}` : ''));
  }

  async answer(reply: WithoutId<AnalysisReply>): Promise<void> {
    this.#events.onReply({ ...reply, id: this.received.at(-1)?.id ?? 0 });
    await Promise.resolve();
  }

  fail(): void {
    this.#events.onFailure('no memory');
  }
}

const wrong = [{ message: 'wrong' } as Diagnostic];
const place = { file: 'main.cpp', line: 1, column: 1 };
const source = (text: string) => ({ 'main.cpp': text });

let workers: Worker[];
let kit: CompilerKit | undefined;
let client: AnalysisClient;
const worker = (): Worker => workers.at(-1) as Worker;

beforeEach(() => {
  jest.useFakeTimers();
  workers = [];
  kit = {} as CompilerKit;
  client = new AnalysisClient({
    base: 'http://127.0.0.1/compiler/',
    kit: () => kit,
    createWorker: (events) => {
      workers.push(new Worker(events));
      return worker();
    },
    limitMs: 1000,
  });
});

test('nothing is known before the compiler is loaded, and no worker started', async () => {
  kit = undefined;
  expect(await client.check(source('a'), {})).toBeUndefined();
  expect(workers).toEqual([]);
});

test('a worker is given what the compiler loaded, and answers', async () => {
  const checked = client.check(source('a'), {});
  expect(worker().received).toMatchObject([{ type: 'load', kit }, { type: 'check', files: source('a') }]);
  await worker().answer({ type: 'checked', diagnostics: wrong });
  expect(await checked).toBe(wrong);
});

test('of the questions that wait only the newest is asked', async () => {
  void client.check(source('a'), {});
  const replaced = client.check(source('ab'), {});
  void client.check(source('abc'), {});
  expect(await replaced).toBeUndefined();
  await worker().answer({ type: 'checked' });
  expect(worker().questions).toEqual(['check a', 'check abc']);
});

test('a list of names goes before a check that waits, and takes nothing from it', async () => {
  void client.check(source('a'), {});
  const checked = client.check(source('ab'), {});
  const list = client.complete(source('ab'), place, {}, 'names');
  await worker().answer({ type: 'checked' });
  await worker().answer({ type: 'completed', list: { completions: [], signatures: [] } });
  await worker().answer({ type: 'checked', diagnostics: wrong });
  expect(worker().questions).toEqual(['check a', 'complete ab', 'check ab']);
  expect(await list).toEqual({ completions: [], signatures: [] });
  expect(await checked).toBe(wrong);
});

test('the parameters of a call, asked for meanwhile, take no list of names from who waits for it', async () => {
  void client.check(source('a'), {});
  const names = client.complete(source('ab.'), place, {}, 'names');
  const parameters = client.complete(source('ab.c('), place, {}, 'parameters');
  await worker().answer({ type: 'checked' });
  await worker().answer({ type: 'completed', list: { completions: [], signatures: [] } });
  await worker().answer({ type: 'completed' });
  expect(worker().questions).toEqual(['check a', 'complete ab.', 'complete ab.c(']);
  expect(await names).toEqual({ completions: [], signatures: [] });
  expect(await parameters).toBeUndefined();
});

test('a question that takes too long is given up with its worker; the next gets another', async () => {
  const endless = client.check(source('a'), {});
  jest.advanceTimersByTime(1000);
  expect(await endless).toBeUndefined();
  expect(worker().terminated).toBe(true);
  void client.check(source('b'), {});
  expect(workers).toHaveLength(2);
  expect(worker().questions).toEqual(['check b']);
});

test('a worker that fails is replaced, and what waited is asked of the next', async () => {
  const lost = client.check(source('a'), {});
  void client.complete(source('a'), place, {}, 'names');
  worker().fail();
  expect(await lost).toBeUndefined();
  expect(workers).toHaveLength(2);
  expect(worker().questions).toEqual(['complete a']);
});

test('when more of the compiler was loaded, a worker with all of it takes over', async () => {
  void client.check(source('a'), {});
  await worker().answer({ type: 'checked' });
  kit = {} as CompilerKit;
  void client.check(source('b'), {});
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  expect(worker().received[0]).toMatchObject({ type: 'load', kit });
});
