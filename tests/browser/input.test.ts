import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outputOf } from './program/good-end.js';
import { ProgramPage, type Blocking, type Running } from './program/program-page.js';

let page: ProgramPage;
let cases: string;

beforeAll(async () => {
  page = await ProgramPage.open();
  cases = page.build('input-cases');
});

afterAll(() => page.close());

const finished = { type: 'complete', exitCode: 0 };
const start = (name: string, blocking: Blocking = 'jspi'): Promise<Running> => page.start(cases, [name], null, blocking);

/** Types each line when the program asks for it; returns all output. */
async function answer(name: string, lines: string[], blocking: Blocking = 'jspi'): Promise<string> {
  const running = await start(name, blocking);
  for (const [index, line] of lines.entries()) {
    await running.awaitsInput(index + 1);
    await running.input(line);
  }
  return outputOf(await running.finished());
}

describe('a program that blocks until there is input', () => {
  test('reads with std::cin, after a visible prompt', async () => {
    const running = await start('cin numbers');
    await running.awaitsInput(1);
    expect(await running.text()).toBe('a? ');
    await running.input('12\n');
    await running.awaitsInput(2);
    expect(await running.text()).toBe('a? b? ');
    await running.input('30\n');
    expect((await running.finished()).stdout).toBe('a? b? 42\n');
  });

  test('reads with std::getline until the input ends', async () => {
    const running = await start('cin lines');
    await running.input('typed ahead\r\n');
    await running.input('grüße, 世界\n');
    await running.input('no end');
    await running.endInput();
    expect((await running.finished()).stdout).toBe('[typed ahead\r]\n[grüße, 世界]\n[no end]\nend\n');
  });

  test('reads with scanf', async () => {
    expect(await answer('scanf', ['one\n', 'two\n'])).toBe('two words: 2 two one\n');
  });

  test('reads with fgets, getchar, read, and from /dev/stdin', async () => {
    const lines = ['a line\n', 'x and more\n', 'raw\n', 'from the device\n'];
    expect(await answer('C functions', lines)).toBe(
      'fgets: a line\ngetchar: x\nrest:  and more\nread: raw\n/dev/stdin: from the device\n',
    );
  });

  test('blocks its own loop, but nothing else', async () => {
    expect(await answer('cin in a coroutine', ['typed\n'])).toBe('line? typed, the loop was held up\nit goes on\n');
  });

  test('is stopped at once without a loop', async () => {
    const running = await start('cin lines');
    await running.awaitsInput(1);
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: false });
  });

  test('in a loop has its read ended by Stop, then runs its cleanup', async () => {
    const running = await start('cin until stopped');
    await running.awaitsInput(1);
    await running.input('one\n');
    await running.awaitsInput(2);
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect(stdout).toBe('reading\n[one]\nthe read has ended\ncancelled\n');
    expect(outcome).toEqual({ type: 'stopped', forced: false });
  });

  test('where nothing can block reads nothing, and the reason is reported once', async () => {
    const running = await start('cin numbers', 'detached');
    const { stdout, stderr, outcome } = await running.finished();
    expect({ stdout, outcome }).toEqual({ stdout: 'a? b? 0\n', outcome: finished });
    expect(stderr.match(/asyncio::read_line/g)?.length).toBe(1);
  });
});

describe.each(['jspi', 'detached'] as const)('read_line (%s)', (blocking) => {
  test('asks with a prompt, and raises EOFError at the end', async () => {
    const running = await start('asks', blocking);
    await running.awaitsInput(1);
    expect(await running.text()).toBe('name? ');
    await running.input('Ada\n');
    await running.awaitsInput(2);
    await running.endInput();
    const { stdout, outcome } = await running.finished();
    expect(stdout).toBe('name? Hello, Ada!\nmore? end of input: there are no more lines to read\n');
    expect(outcome).toEqual(finished);
  });

  test('lets other tasks run', async () => {
    const running = await start('ticks while it reads', blocking);
    await running.printed('ten ticks');
    await running.input('line\n');
    expect((await running.finished()).stdout).toBe('ten ticks\n[line]\n');
  });

  test('takes many lines at once, their ends as they are, and a last one without', async () => {
    const running = await start('all lines', blocking);
    await running.awaitsInput(1);
    await running.input('one\ntwo\r\n\n世');
    await running.input('界');
    await running.endInput();
    expect((await running.finished()).stdout).toBe('[one]\n[two]\n[]\n[世界]\nend\n');
  });

  test('takes a line of a megabyte', async () => {
    const running = await start('length', blocking);
    await running.printed('reading');
    await running.input(`${'x'.repeat(1024 * 1024)}\n`);
    expect((await running.finished()).stdout).toBe('reading\n1048576\n');
  });

  test('that was cancelled loses no line', async () => {
    const running = await start('gives up', blocking);
    await running.printed('gave up');
    await running.input('kept\n');
    expect((await running.finished()).stdout).toBe('gave up\n[kept]\n');
  });

  test('waits for ever without being in a deadlock, and is stopped', async () => {
    const running = await start('asks', blocking);
    await running.awaitsInput(1);
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect({ stdout, outcome }).toEqual({ stdout: 'name? ', outcome: { type: 'stopped', forced: false } });
  });
});

test('read_line and std::cin take turns at one input', async () => {
  const running = await start('in turns');
  await running.input('1 rest\nwhole\n2 ');
  await running.input('half');
  await running.input(' and half\n');
  expect((await running.finished()).stdout).toBe('1\n[ rest]\n[whole]\n2\n[ half and half]\n');
});

describe('input that was given before the run', () => {
  test('is read to its end', async () => {
    const { stdout } = await page.run(cases, ['all lines'], 'one\ntwo');
    expect(stdout).toBe('[one]\n[two]\nend\n');
  });

  test('is at its end when it is empty', async () => {
    expect((await page.run(cases, ['all lines'], '')).stdout).toBe('end\n');
  });
});

describe('Stop is SIGINT', () => {
  const stopped = async (name: string, blocking?: Blocking): Promise<{ stdout: string; outcome: unknown }> => {
    const running = await start(name, blocking);
    await running.printed('working');
    await running.stop();
    const { stdout, outcome } = await running.finished();
    return { stdout, outcome };
  };

  test.each([
    ['shuts down', 'working\nshut down\n'],
    ['handles it in C', 'working\ntold to stop\n'],
    ['handles it in C in a loop', 'working\ntold to stop\n'],
  ])('for a handler that lets the program end by itself: %s', async (name, stdout) => {
    expect(await stopped(name)).toEqual({ stdout, outcome: { ...finished, afterStop: true } });
  });

  test('for a handler, where nothing can block', async () => {
    expect(await stopped('shuts down', 'detached')).toEqual({
      stdout: 'working\nshut down\n',
      outcome: { ...finished, afterStop: true },
    });
  });

  test('and the exit code is the program’s own', async () => {
    expect(await stopped('fails to clean up')).toEqual({
      stdout: 'working\n',
      outcome: { type: 'complete', exitCode: 5, afterStop: true },
    });
    expect(await stopped('exits in its handler')).toEqual({
      stdout: 'working\nbye\n',
      outcome: { type: 'complete', exitCode: 3, afterStop: true },
    });
  });

  test('for a handler that goes on, until the second Stop', async () => {
    const running = await start('goes on');
    await running.printed('working');
    await running.stop();
    await running.printed('not now 1');
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect({ stdout, outcome }).toEqual({ stdout: 'working\nnot now 1\n', outcome: { type: 'stopped', forced: true } });
  });

  test('for a program that ignores it, until the second Stop', async () => {
    const running = await start('ignores it in C');
    await running.printed('working');
    await running.stop();
    // Longer than the grace period of a program that does not respond at all.
    await running.printed('\n50\n');
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: true });
  });
});
