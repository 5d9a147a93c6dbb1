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

/** What a program that ends well prints. */
async function output(name: string, stdin = ''): Promise<string> {
  return outputOf(await page.run(cases, [name], stdin));
}

describe('a file that is appended to stands at its end, and is written there wherever it was sought', () => {
  test.each([
    ['stdio', '10 11 12 12 0123456789AB\n'],
    ['streams', '10 12 0123456789DE\n'],
    ['descriptors', '13 01 0123456789abc\n'],
  ])('with %s', async (how, expected) => {
    expect(await output(`append with ${how}`)).toBe(expected);
  });

  test('and is read from where it was sought', async () => {
    expect(await output('append and read with stdio')).toBe('012 11 012 0123456789C\n');
  });
});

describe('poll() and select()', () => {
  test('wait as long as they are told', async () => {
    expect(await output('wait for time')).toBe('0 true 0 true 0 true 0 0\n');
  });

  test('tell of a pipe what can be done with it', async () => {
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

  test('keep to their time where nothing can hold up the program', async () => {
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

  test('know no host but the program itself', async () => {
    expect(await output('names of hosts')).toBe('Name does not resolve, true, 127.0.0.1, 127.0.0.1, true\n');
  });

  test('reach what the program itself listens at', async () => {
    expect(await output('talk to oneself')).toBe(
      '0 Connection refused, 5 2 3 hello, Resource temporarily unavailable, 0 3 3 0, Connection refused\n',
    );
  });

  test('bring datagrams to whom they are for', async () => {
    expect(await output('send datagrams')).toBe('4 4 pong, 0, Connection refused\n');
  });

  test('say so where a program waits for ever', async () => {
    const running = await page.start(cases, ['accept nobody']);
    await running.printed('accept() waits for ever: pipes and sockets lie inside the program');
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: false });
  });
});
