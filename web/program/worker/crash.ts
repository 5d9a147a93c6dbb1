import type { Outcome } from '../../protocol/program.js';
import type { Departure } from './host-imports.js';
import { endingMessage } from '../../protocol/ending-message.js';
import { calledFunctions } from './called-functions.js';

type Crash = Extract<Outcome, { type: 'crash' }>;

/** As a shell reports a program that a signal ended: 128 plus the signal number. */
export const EXIT_CODES = { illegal: 132, abort: 134, arithmetic: 136, memory: 139 } as const;

const STACK_MESSAGE =
  'Stack overflow: the calls are nested too deeply (infinite recursion?), or local variables are too large.';

/** Each engine words its traps differently. */
const TRAPS: { pattern: RegExp; exitCode: number; message: string }[] = [
  {
    pattern: /divi(de|sion) by zero|divide by zero/i,
    exitCode: EXIT_CODES.arithmetic,
    message: 'Integer division by zero.',
  },
  {
    pattern: /unrepresentable|integer overflow|invalid conversion|out of bounds trunc/i,
    exitCode: EXIT_CODES.arithmetic,
    message: 'An integer overflowed: the result of a division or a conversion does not fit its type.',
  },
  {
    pattern: /signature|null function|indirect call to null|call_indirect|table (index|access|element)|undefined element/i,
    exitCode: EXIT_CODES.memory,
    message:
      'Invalid call through a function pointer or of a virtual function: it is null, pure, dangling, or of another type.',
  },
  {
    pattern: /out[- ]of[- ]bounds/i,
    exitCode: EXIT_CODES.memory,
    message: 'Memory was accessed out of bounds: a pointer or an index is not valid.',
  },
  {
    pattern: /unreachable/i,
    exitCode: EXIT_CODES.illegal,
    message:
      'The program reached code that must never run: a function without its return statement, __builtin_trap or std::unreachable.',
  },
];

export interface CrashSite {
  /** Whether the stack in linear memory overflowed. */
  stackOverflowed: boolean;
  /** Lines of the coroutines of the task that ran, outermost first, each after a line break. */
  coroutines?: () => string;
}

/** The outcome of a program that announced how it leaves, or else threw or trapped. */
export function outcomeOf(departure: Departure, error: unknown, site: CrashSite): Outcome {
  if (departure.exitCode !== undefined) return { type: 'complete', exitCode: departure.exitCode };
  if (departure.aborted === true) {
    const message = departure.crashMessage ?? 'The program called abort.';
    return { type: 'crash', exitCode: EXIT_CODES.abort, message: endingMessage(message + traceback(message, error, site)) };
  }
  return describeCrash(error, site);
}

/** Where the program was, as far as `message` does not say it: coroutines with their lines, functions by their names. */
function traceback(message: string, error: unknown, site: CrashSite): string {
  // Its own traceback leads to where it was thrown, which the stack has left.
  if (message.startsWith('Uncaught exception ')) return '';
  const coroutines = site.coroutines?.() ?? '';
  const functions = calledFunctions(error instanceof Error ? (error.stack ?? '') : '').filter((name) => coroutines === '' || name !== 'main');
  const lines = coroutines + functions.map((name) => `\n  in ${name}`).join('');
  if (lines === '') return '';
  return `\nTraceback (innermost last):${lines}${coroutines === '' || functions.length > 0 ? '' : ', after this line'}`;
}

/** Describes what ended the program, from the value that WebAssembly threw. */
export function describeCrash(error: unknown, site: CrashSite): Crash {
  if (site.stackOverflowed || isEngineStackOverflow(error)) {
    return { type: 'crash', exitCode: EXIT_CODES.memory, message: STACK_MESSAGE };
  }
  if (error instanceof WebAssembly.RuntimeError) {
    const trap = TRAPS.find(({ pattern }) => pattern.test(error.message));
    const message = trap?.message ?? `WebAssembly trap: ${error.message}`;
    return { type: 'crash', exitCode: trap?.exitCode ?? EXIT_CODES.illegal, message: endingMessage(message + traceback(message, error, site)) };
  }
  if (error instanceof Error) {
    return { type: 'crash', exitCode: EXIT_CODES.abort, message: `Uncaught JavaScript ${error.name}: ${error.message}` };
  }
  return { type: 'crash', exitCode: EXIT_CODES.abort, message: `Uncaught JavaScript exception: ${String(error)}` };
}

function isEngineStackOverflow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error instanceof RangeError && /call stack/i.test(error.message)) || /too much recursion/i.test(error.message);
}
