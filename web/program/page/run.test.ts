import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Outcome, ProgramMessage, RunEvent } from '../../protocol/program.js';
import { Run } from './run.js';

const opened: Setting[] = [];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
});

afterEach(() => {
  jest.useRealTimers();
  for (const setting of opened.splice(0)) setting.worker?.close();
});

async function delivery(): Promise<void> {
  for (let turn = 0; turn < 5; ++turn) await new Promise((resolve) => setImmediate(resolve));
}

/** A run, and the worker's end of it. */
class Setting {
  text = '';
  outcome: Outcome | undefined;
  terminations = 0;
  awaited = 0;
  settled = 0;
  unresponsive = 0;
  readonly heard: unknown[] = [];
  readonly events: RunEvent[] = [];
  readonly worker: MessagePort | undefined;
  readonly run = new Run(
    (_stream, text) => {
      this.text += text;
    },
    {
      loadDatabase: () => Promise.reject(new Error('no database here')),
      terminateWorker: () => {
        this.terminations += 1;
      },
      unresponsive: () => {
        this.unresponsive += 1;
      },
      settled: () => {
        this.settled += 1;
      },
    },
    () => {
      this.awaited += 1;
    },
    (event) => this.events.push(event),
  );

  constructor({ started = true } = {}) {
    opened.push(this);
    void this.run.outcome.then((outcome) => {
      this.outcome = outcome;
    });
    if (!started) return;
    this.worker = this.run.start();
    if (this.worker !== undefined) this.worker.onmessage = (event) => this.heard.push(event.data);
  }

  async send(message: ProgramMessage): Promise<void> {
    await this.sendAnything(message);
  }

  /** As a program does that posts messages of its own. */
  async sendAnything(message: unknown): Promise<void> {
    this.worker?.postMessage(message);
    await delivery();
  }

  /** Returns the thread's end of its port to the page. */
  async startThread(): Promise<MessagePort> {
    const { port1, port2 } = new MessageChannel();
    this.worker?.postMessage({ type: 'thread', port: port2 }, [port2]);
    await delivery();
    return port1;
  }

  async pass(ms: number): Promise<void> {
    await jest.advanceTimersByTimeAsync(ms);
    await delivery();
  }
}

const print = (text: string, at = 0): ProgramMessage => ({ type: 'output', at, chunks: [{ stream: 'stdout', text }] });
const complete: Outcome = { type: 'complete', exitCode: 3 };

describe('a run', () => {
  test('settles with the outcome that the worker tells, after the output before it', async () => {
    const setting = new Setting();
    await setting.send(print('hello\n'));
    await setting.send({ type: 'ended', outcome: complete });
    expect(setting.text).toBe('hello\n');
    expect(setting.outcome).toEqual(complete);
    expect(setting.settled).toBe(1);
  });

  test('settles when its worker fails', async () => {
    const setting = new Setting();
    setting.run.fail('the worker ran out of memory');
    await setting.pass(100);
    expect(setting.outcome).toEqual({ type: 'crash', exitCode: 134, message: 'the worker ran out of memory' });
  });

  test('settles when it could not begin', async () => {
    const setting = new Setting({ started: false });
    setting.run.fail('no network');
    await delivery();
    expect(setting.outcome).toEqual({ type: 'crash', exitCode: 134, message: 'no network' });
  });

  test('ends as one of its threads tells, after what is printed on the way', async () => {
    const setting = new Setting();
    const thread = await setting.startThread();
    thread.postMessage({ type: 'ended', outcome: complete });
    await delivery();
    await setting.send(print('last words\n'));
    await setting.pass(200);
    expect({ text: setting.text, outcome: setting.outcome }).toEqual({ text: 'last words\n', outcome: complete });
    expect(setting.terminations).toBe(1);
    thread.close();
  });

  test('ends when the worker of a thread is gone', async () => {
    const setting = new Setting();
    const thread = await setting.startThread();
    thread.close();
    await delivery();
    expect(setting.outcome).toBeUndefined();
    await setting.pass(1_200);
    expect(setting.outcome).toEqual({ type: 'crash', exitCode: 134, message: expect.stringContaining('A thread of the program has ended') });
  });

  test('is not taken for crashed when its threads end with it', async () => {
    const setting = new Setting();
    const thread = await setting.startThread();
    thread.close();
    await delivery();
    await setting.send({ type: 'ended', outcome: complete });
    await setting.pass(1_200);
    expect(setting.outcome).toEqual(complete);
  });

  test('that was stopped before it began does not begin', async () => {
    const setting = new Setting({ started: false });
    setting.run.stop();
    await delivery();
    expect(setting.outcome).toEqual({ type: 'stopped', forced: false });
    expect(setting.run.start()).toBeUndefined();
  });
});

describe('a run that is watched', () => {
  test('asks its worker, and hears of what it does before it hears of the end', async () => {
    const setting = new Setting();
    setting.run.watch({ type: 'trace', on: true });
    setting.run.watch({ type: 'step' });
    await delivery();
    expect(setting.heard).toEqual([{ type: 'trace', on: true }, { type: 'step' }]);
    await setting.send({ type: 'trace', records: new ArrayBuffer(32), texts: ['Task-1'] });
    await setting.send({ type: 'paused', loopTime: 5 });
    await setting.send({ type: 'ended', outcome: complete, memoryBytes: 1024, tasks: 2 });
    expect(setting.events.map(({ type }) => type)).toEqual(['trace', 'paused']);
    expect(setting.run.facts).toEqual({ memoryBytes: 1024, tasks: 2 });
  });

  test('and ended by force still hands over what was on its way', async () => {
    const setting = new Setting();
    setting.run.terminate();
    await setting.send({ type: 'trace', records: new ArrayBuffer(32), texts: [] });
    await setting.pass(200);
    expect(setting.events).toHaveLength(1);
    expect(setting.run.facts).toEqual({});
  });
});

describe('the time of a run', () => {
  test('begins with the program\'s own code, not with its loading', async () => {
    const setting = new Setting();
    await setting.send({ type: 'started' });
    await setting.pass(300);
    await setting.send({ type: 'loaded' });
    await setting.pass(1200);
    await setting.send({ type: 'ended', outcome: complete });
    expect(setting.run.facts.ranMs).toBe(1200);
  });

  test('is known of one that was ended by force', async () => {
    const setting = new Setting();
    await setting.send({ type: 'loaded' });
    await setting.pass(500);
    setting.run.terminate();
    await setting.pass(200);
    expect(setting.run.facts.ranMs).toBeGreaterThanOrEqual(500);
  });
});

describe('input', () => {
  test('goes to the worker, and is told of when the program waits for it', async () => {
    const setting = new Setting();
    await setting.send({ type: 'awaits-input' });
    expect(setting.awaited).toBe(1);
    setting.run.input('line\n');
    setting.run.endInput();
    await delivery();
    expect(setting.heard).toEqual([{ type: 'input', text: 'line\n' }, { type: 'end-of-input' }]);
  });

  test('that comes before the worker is not lost, and after its end does no harm', async () => {
    const setting = new Setting({ started: false });
    setting.run.input('early\n');
    const worker = setting.run.start();
    const heard: unknown[] = [];
    if (worker !== undefined) worker.onmessage = (event) => heard.push(event.data);
    await delivery();
    expect(heard).toEqual([{ type: 'input', text: 'early\n' }]);
    worker?.postMessage({ type: 'ended', outcome: complete });
    await delivery();
    setting.run.input('late\n');
    expect(setting.outcome).toEqual(complete);
  });
});

describe('stop()', () => {
  test('first only asks, and waits as long as the cleanup takes once it was answered', async () => {
    const setting = new Setting();
    setting.run.stop();
    await delivery();
    expect(setting.heard).toEqual([{ type: 'interrupt' }]);
    await setting.send({ type: 'interrupted' });
    await setting.pass(60_000);
    expect(setting.terminations).toBe(0);
    await setting.send(print('cleaned up\n'));
    await setting.send({ type: 'ended', outcome: { type: 'stopped', forced: false } });
    expect(setting.text).toBe('cleaned up\n');
    expect(setting.outcome).toEqual({ type: 'stopped', forced: false });
  });

  test('terminates a worker that does not answer', async () => {
    const setting = new Setting();
    setting.run.stop();
    await setting.pass(249);
    expect(setting.terminations).toBe(0);
    await setting.pass(1);
    expect(setting.terminations).toBe(1);
    await setting.pass(100);
    expect(setting.outcome).toEqual({ type: 'stopped', forced: true });
  });

  test('a second time terminates the worker at once', async () => {
    const setting = new Setting();
    setting.run.stop();
    await setting.send({ type: 'interrupted' });
    setting.run.stop();
    expect(setting.terminations).toBe(1);
    await setting.pass(100);
    expect(setting.outcome).toEqual({ type: 'stopped', forced: true });
  });

  test('by force hands over what the worker had sent', async () => {
    const setting = new Setting();
    const journal = new MessageChannel();
    setting.worker?.postMessage(print('sent\n'));
    setting.worker?.postMessage({ type: 'journal', port: journal.port2 }, [journal.port2]);
    journal.port1.postMessage({ at: 5, stream: 'stdout', text: 'in the journal\n' });
    setting.run.terminate();
    await setting.pass(100);
    expect(setting.text).toBe('sent\nin the journal\n');
    expect(setting.outcome).toEqual({ type: 'stopped', forced: true });
    journal.port1.close();
  });

  test('by force does not wait for a worker that goes on printing', async () => {
    const setting = new Setting();
    setting.run.terminate();
    for (let ms = 0; ms < 200; ms += 10) {
      await setting.send(print('x'));
      await setting.pass(10);
    }
    expect(setting.outcome).toEqual({ type: 'stopped', forced: true });
    expect(setting.text.length).toBeLessThan(20);
  });

  test('of a run that has ended does nothing', async () => {
    const setting = new Setting();
    await setting.send({ type: 'ended', outcome: complete });
    setting.run.stop();
    setting.run.terminate();
    await setting.pass(1_000);
    expect(setting.outcome).toEqual(complete);
    expect(setting.settled).toBe(1);
  });
});

describe('a message that is none of the protocol', () => {
  test.each([
    null,
    'ended',
    7,
    [],
    {},
    { type: 'nothing' },
    { type: '__proto__' },
    { type: 'constructor' },
    { type: 'ended' },
    { type: 'ended', outcome: null },
    { type: 'ended', outcome: { type: 'won' } },
    { type: 'ended', outcome: { type: 'complete', exitCode: '0' } },
    { type: 'ended', outcome: { type: 'crash', exitCode: 1 } },
    { type: 'output', at: 0, chunks: [null] },
    { type: 'output', at: 0, chunks: [{ stream: 'both', text: 'x' }] },
    { type: 'output', chunks: [{ stream: 'stdout', text: 'x' }] },
    { type: 'output' },
    { type: 'journal', port: {} },
    { type: 'thread' },
    { type: 'trace', records: 'x', texts: [] },
    { type: 'await-graph', tasks: null },
    { type: 'paused' },
  ])('says nothing: %j', async (message) => {
    const setting = new Setting();
    await setting.sendAnything(message);
    await setting.send(print('goes on'));
    expect({ text: setting.text, outcome: setting.outcome, events: setting.events }).toEqual({ text: 'goes on', outcome: undefined, events: [] });
    await setting.send({ type: 'ended', outcome: { type: 'complete', exitCode: 0 } });
    expect(setting.outcome).toEqual({ type: 'complete', exitCode: 0 });
  });
});

describe('a run of which nothing is heard', () => {
  test('is told of after twenty seconds', () => {
    const setting = new Setting();
    jest.advanceTimersByTime(19_900);
    expect(setting.unresponsive).toBe(0);
    jest.advanceTimersByTime(200);
    expect(setting.unresponsive).toBe(1);
  });

  test('is not told of once it has begun, or was stopped', async () => {
    const begun = new Setting();
    await begun.send({ type: 'started' });
    const stopped = new Setting({ started: false });
    stopped.run.stop();
    jest.advanceTimersByTime(60_000);
    expect([begun.unresponsive, stopped.unresponsive]).toEqual([0, 0]);
  });
});
