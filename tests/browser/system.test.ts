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
