import { beforeEach, expect, jest, test } from '@jest/globals';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { LiveCheck } from './live-check.js';

const wrong = { message: 'wrong' } as Diagnostic;

class Compiler {
  readonly asked: string[] = [];
  #answer: (diagnostics: Diagnostic[] | undefined) => void = () => undefined;

  check(files: Record<string, string>): Promise<Diagnostic[] | undefined> {
    this.asked.push(files['main.cpp'] ?? '');
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  complete(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  header(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async answer(diagnostics: Diagnostic[] | undefined): Promise<void> {
    this.#answer(diagnostics);
    await jest.advanceTimersByTimeAsync(0);
  }
}

let compiler: Compiler;
let text: string;
let shown: Diagnostic[][];
let check: LiveCheck;

beforeEach(() => {
  jest.useFakeTimers();
  compiler = new Compiler();
  text = '';
  shown = [];
  check = new LiveCheck(compiler, { files: () => ({ 'main.cpp': text }), options: () => ({}), show: (diagnostics) => shown.push(diagnostics) });
});

function type(typed: string): void {
  text = typed;
  check.changed();
}

test('the compiler is asked once typing pauses, about the newest text', () => {
  type('a');
  jest.advanceTimersByTime(100);
  type('ab');
  jest.advanceTimersByTime(150);
  expect(compiler.asked).toEqual([]);
  jest.advanceTimersByTime(100);
  expect(compiler.asked).toEqual(['ab']);
});

test('what it says is shown', async () => {
  type('a');
  jest.advanceTimersByTime(1000);
  await compiler.answer([wrong]);
  expect(shown).toEqual([[wrong]]);
});

test('what it says of a text that has changed since is not shown', async () => {
  type('a');
  jest.advanceTimersByTime(1000);
  type('ab');
  await compiler.answer([wrong]);
  expect(shown).toEqual([]);
});

test('when it cannot say anything, what is shown stays', async () => {
  type('a');
  jest.advanceTimersByTime(1000);
  await compiler.answer(undefined);
  expect(shown).toEqual([]);
});

test('while a Run compiles the text nothing is asked, nor afterwards when it has told what there is', () => {
  type('a');
  check.compiling();
  jest.advanceTimersByTime(1000);
  check.told();
  check.compiled();
  jest.advanceTimersByTime(1000);
  expect(compiler.asked).toEqual([]);
});

test('what is typed while a Run compiles is asked about afterwards', () => {
  check.compiling();
  type('ab');
  jest.advanceTimersByTime(1000);
  check.told();
  expect(compiler.asked).toEqual([]);
  check.compiled();
  jest.advanceTimersByTime(1000);
  expect(compiler.asked).toEqual(['ab']);
});

test('a Run that was given up before it told anything leaves the question open', () => {
  type('a');
  check.compiling();
  check.compiled();
  jest.advanceTimersByTime(1000);
  expect(compiler.asked).toEqual(['a']);
});
