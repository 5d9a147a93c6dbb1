import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outputOf } from './program/good-end.js';
import { ProgramPage } from './program/program-page.js';

let page: ProgramPage;
let cases: string;

beforeAll(async () => {
  page = await ProgramPage.open();
  cases = page.build('system-cases');
});

afterAll(async () => {
  await page.close();
});

/** The output of a program that succeeds. */
async function output(name: string, stdin = ''): Promise<string> {
  return outputOf(await page.run(cases, [name], stdin));
}

describe('a file opened for appending is at its end, and is written there after any seek', () => {
  test.each([
    ['stdio', '10 11 12 12 0123456789AB\n'],
    ['streams', '10 12 0123456789DE\n'],
    ['descriptors', '13 01 0123456789abc\n'],
  ])('with %s', async (how, expected) => {
    expect(await output(`append with ${how}`)).toBe(expected);
  });

  test('and is read from the position of the seek', async () => {
    expect(await output('append and read with stdio')).toBe('012 11 012 0123456789C\n');
  });
});

describe('poll() and select()', () => {
  test('wait for the given time', async () => {
    expect(await output('wait for time')).toBe('0 true 0 true 0 true 0 0\n');
  });

  test('report whether a pipe can be read or written', async () => {
    expect(await output('wait for pipe')).toBe('1 true 1 true 1 true 0\n1 true\n');
  });

  test('wait for input, and for its end', async () => {
    const running = await page.start(cases, ['wait for input'], null);
    await running.printed('briefly 0, ');
    await running.awaitsInput(2);
    await running.input('line\n');
    await running.printed('line\n');
    await running.endInput();
    expect(outputOf(await running.finished())).toBe('at once 0, briefly 0, poll 1 line\nselect 1 0\n');
  });

  test('find input that was given before', async () => {
    expect(await output('wait for input', 'line\n')).toBe('at once 1, briefly 1, poll 1 line\nselect 1 0\n');
  });

  test('end when the program is told to stop, and has a handler for that', async () => {
    const running = await page.start(cases, ['be interrupted']);
    await running.printed('waits');
    await running.stop();
    const { stdout } = await running.finished();
    expect(stdout).toBe('waits\ninterrupted\n-1 true\n');
  });

  test('keep to their timeout where the program cannot block', async () => {
    expect(outputOf(await page.run(cases, ['wait for time'], '', 'detached'))).toBe('0 true 0 true 0 true 0 0\n');
  });
});

describe('sockets', () => {
  test('are refused where nobody listens', async () => {
    const inProgress = 'Operation in progress, 1 true, Connection refused, then 0\n';
    expect(await output('connect to nobody')).toBe(
      `Connection refused\nNetwork unreachable\nSocket not connected, Socket not connected\n${inProgress}${inProgress}Invalid argument\n`,
    );
  });

  test('know no host except the program itself', async () => {
    expect(await output('names of hosts')).toBe('Name does not resolve, true, 127.0.0.1, 127.0.0.1, true\n');
  });

  test('reach the ports on which the program itself listens', async () => {
    expect(await output('talk to oneself')).toBe(
      '0 Connection refused, 5 2 3 hello, Resource temporarily unavailable, 0 3 3 0, Connection refused\n',
    );
  });

  test('deliver datagrams to their recipients', async () => {
    expect(await output('send datagrams')).toBe('4 4 pong, 0, Connection refused\n');
  });

  test('report a program that waits for ever', async () => {
    const running = await page.start(cases, ['accept nobody']);
    await running.printed('accept() would block forever: pipes and sockets stay inside the program');
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: false });
  });
});

describe('a program that ends badly calls its own handlers', () => {
  const aborted = 'The program called abort.';
  test.each([
    ['throw uncaught', 'terminate: uncaught\nSIGABRT\n', aborted],
    ['throw in a task', 'terminate: from a task\nSIGABRT\n', aborted],
    ['throw from noexcept', 'terminate: from noexcept\nSIGABRT\n', aborted],
    ['throw while unwinding', 'terminate: 2\nSIGABRT\n', aborted],
    ['catch while unwinding', 'terminate: the last\nSIGABRT\n', aborted],
    ['call pure and tell', 'terminate: no exception\nSIGABRT\n', aborted],
    ['terminate', 'terminate: no exception\nSIGABRT\n', aborted],
    ['return from terminate', 'returns\n', aborted],
    ['abort', 'SIGABRT\n', aborted],
    ['assert', 'SIGABRT\n', /^Assertion failed: one == 2\n {2}at main\.cpp:\d+, in assert_and_tell$/m],
    ['raise SIGABRT', 'SIGABRT\nraise() returns\n', aborted],
    ['abort in abort', 'once\n', aborted],
    ['call pure', '', /^A pure virtual function was called/],
  ])('%s', async (name, told, message) => {
    const { outcome, stdout, stderr } = await page.run(cases, [name]);
    expect({ stdout, stderr }).toEqual({ stdout: told, stderr: '' });
    expect(outcome).toMatchObject({ type: 'crash', exitCode: 134 });
    expect(outcome.type === 'crash' ? outcome.message : '').toMatch(message);
  });

  test('of which one of SIGABRT may exit', async () => {
    expect((await page.run(cases, ['exit from abort'])).outcome).toEqual({ type: 'complete', exitCode: 7 });
  });
});

describe('a program that ends', () => {
  test('by quick_exit calls only its handlers, the last first', async () => {
    const { outcome, stdout } = await page.run(cases, ['quick exit']);
    expect({ outcome, stdout }).toEqual({ outcome: { type: 'complete', exitCode: 3 }, stdout: 'last made\nfirst made\n' });
  });

  test.each(['return', 'exit'])('by %s destroys its thread_local objects before the static ones', async (how) => {
    expect(await output(`${how} with thread locals`)).toBe('~second\n~made by ~second\n~first\n~last static\natexit\n~first static\n');
  });
});

describe('long double', () => {
  test('is printed with all of its digits', async () => {
    expect((await output('print long doubles')).split('\n')).toEqual([
      '1.500000 1.235 1.234568e+00 1.23457 0x1.8p+0',
      '1.234567890123456789012345678900|   1.23456789012345678901|2.50        |+2.500000',
      '1 2.500000 x inf 0.500000',
      '1.234567890123456789012345679 1.500000',
      '1.5 1.234567890123456789012345679 1.235',
      '1.5 1.500 1.500000e+00',
      '1.190e+4932',
      '1.2345678901234567890123457',
      '1.234567890123456789012346',
      '',
    ]);
  });

  test('is read with all of its digits', async () => {
    expect(await output('read long doubles')).toBe('true true true true\n');
  });
});
