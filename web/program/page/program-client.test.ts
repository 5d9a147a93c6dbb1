import { describe, expect, test, jest } from '@jest/globals';
import type { FrameReply, FrameRequest, ProgramCode } from '../../protocol/program.js';
import { createProgramHostFrom } from './program-client.js';
import type { ProgramHost, RunFiles } from './program-client.js';

interface Frame {
  requests: FrameRequest[];
  removed: boolean;
  reply(reply: FrameReply): void;
}

const code = (): ProgramCode => ({ workerScript: '', mainModuleScript: '', mainModule: new ArrayBuffer(8) });
const options = { args: [], stdin: '' };
const noFiles: RunFiles = {
  area: { entries: [], limits: { bytes: 0, entries: 0, nameBytes: 0, pathBytes: 0 } },
  connect: (port) => {
    port.close();
  },
  close: () => undefined,
};

function setUp(loadCode: () => Promise<ProgramCode> = () => Promise.resolve(code())): {
  host: ProgramHost;
  frames: Frame[];
} {
  const frames: Frame[] = [];
  const host = createProgramHostFrom({
    loadCode,
    loadDatabase: () => Promise.reject(new Error('no database here')),
    openFiles: () => Promise.resolve(noFiles),
    openFrame: (onReply) => {
      const frame: Frame = { requests: [], removed: false, reply: onReply };
      frames.push(frame);
      return {
        post: (request) => {
          frame.requests.push(request);
          if (request.type === 'run') request.port.close();
        },
        remove: () => {
          frame.removed = true;
        },
      };
    },
  });
  return { host, frames };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; ++turn) await new Promise((resolve) => setImmediate(resolve));
}

async function warmUp(host: ProgramHost, frames: Frame[]): Promise<Frame> {
  const warm = host.warm();
  const frame = frames.at(-1);
  if (frame === undefined) throw new Error('no frame was opened');
  frame.reply({ type: 'ready' });
  await settle();
  frame.reply({ type: 'warm' });
  await warm;
  return frame;
}

describe('the program host', () => {
  test('opens one frame and loads it once, however often it is warmed', async () => {
    const { host, frames } = setUp();
    const frame = await warmUp(host, frames);
    await host.warm();
    expect(frames.length).toBe(1);
    expect(frame.requests.map(({ type }) => type)).toEqual(['load']);
  });

  test('says why it could not be loaded, and begins anew the next time', async () => {
    let online = false;
    const { host, frames } = setUp(() => (online ? Promise.resolve(code()) : Promise.reject(new Error('no network'))));
    await expect(host.warm()).rejects.toThrow('no network');
    expect(frames[0]?.removed).toBe(true);
    online = true;
    await warmUp(host, frames);
    expect(frames.length).toBe(2);
  });

  test('passes on why the frame could not make a worker', async () => {
    const { host, frames } = setUp();
    const warm = host.warm();
    frames[0]?.reply({ type: 'ready' });
    await settle();
    frames[0]?.reply({ type: 'load-failed', message: 'no memory' });
    await expect(warm).rejects.toThrow('no memory');
  });

  test('runs a program as soon as it is warm', async () => {
    const { host, frames } = setUp();
    const run = host.run(new Uint8Array(), options, () => undefined);
    frames[0]?.reply({ type: 'ready' });
    await settle();
    expect(frames[0]?.requests.map(({ type }) => type)).toEqual(['load']);
    frames[0]?.reply({ type: 'warm' });
    await settle();
    expect(frames[0]?.requests.map(({ type }) => type)).toEqual(['load', 'run']);
    run.terminate();
    await run.outcome;
  });

  test('settles a run whose runtime could not be loaded', async () => {
    const { host } = setUp(() => Promise.reject(new Error('no network')));
    const { outcome } = host.run(new Uint8Array(), options, () => undefined);
    expect(await outcome).toEqual({ type: 'crash', exitCode: 134, message: 'no network' });
  });

  test('settles the run whose worker failed, and no other', async () => {
    const { host, frames } = setUp();
    const frame = await warmUp(host, frames);
    const first = host.run(new Uint8Array(), options, () => undefined);
    const second = host.run(new Uint8Array(), options, () => undefined);
    await settle();
    const ids = frame.requests.flatMap((request) => (request.type === 'run' ? [request.id] : []));
    expect(new Set(ids).size).toBe(2);
    frame.reply({ type: 'worker-failed', id: ids[0] ?? 0, message: 'broken' });
    expect(await first.outcome).toMatchObject({ type: 'crash', message: 'broken' });
    second.terminate();
    expect(await second.outcome).toEqual({ type: 'stopped', forced: true });
  });
});

describe('a host that is closed', () => {
  test('ends its runs, lets the frame go and begins anew when it is needed', async () => {
    const { host, frames } = setUp();
    const first = await warmUp(host, frames);
    const run = host.run(new Uint8Array(), options, () => undefined);
    await settle();
    host.close();
    expect(first.removed).toBe(true);
    expect(await run.outcome).toMatchObject({ type: 'crash' });
    const next = await warmUp(host, frames);
    expect(next).not.toBe(first);
    expect(next.removed).toBe(false);
  });

  test('while it loads, does not close the one that is begun at once after it', async () => {
    const { host, frames } = setUp();
    const given = host.warm();
    host.close();
    const next = host.warm();
    await expect(given).rejects.toThrow('program host was closed');
    frames[1]?.reply({ type: 'ready' });
    await settle();
    frames[1]?.reply({ type: 'warm' });
    await next;
    expect(frames.map(({ removed }) => removed)).toEqual([true, false]);
  });
});

test('a frame that says it cannot be opened ends the wait for it', async () => {
  const { host, frames } = setUp();
  const warm = host.warm();
  frames[0]?.reply({ type: 'load-failed', message: 'forbidden here' });
  await expect(warm).rejects.toThrow('forbidden here');
  expect(frames[0]?.removed).toBe(true);
});

test('a run that never begins ends with a sentence, and the next one gets a new frame', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
  try {
    const { host, frames } = setUp();
    await warmUp(host, frames);
    const run = host.run(new Uint8Array(), options, () => undefined);
    await settle();
    await jest.advanceTimersByTimeAsync(21_000);
    expect(await run.outcome).toMatchObject({ type: 'crash', message: expect.stringContaining('did not start') });
    expect(frames[0]?.removed).toBe(true);
    await warmUp(host, frames);
    expect(frames.length).toBe(2);
  } finally {
    jest.useRealTimers();
  }
});
