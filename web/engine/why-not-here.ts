import { browserHasThreads } from './threads-available.js';

/** The smallest modules that use a tail call, and the kind of exceptions that C++ is compiled to. */
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00];
const tailCall = [...header, 0x0a, 0x06, 0x01, 0x04, 0x00, 0x12, 0x00, 0x0b];
const exceptions = [...header, 0x0a, 0x08, 0x01, 0x06, 0x00, 0x06, 0x40, 0x19, 0x0b, 0x0b];

/** Why this browser cannot run programs, as a sentence. */
export function whyNotHere(browser: { WebAssembly?: typeof WebAssembly; Worker?: unknown } = globalThis): string | undefined {
  const wasm = browser.WebAssembly;
  if (wasm === undefined || browser.Worker === undefined) return 'The program cannot run here: this browser has no WebAssembly or no workers.';
  const knows = (code: number[]): boolean => wasm.validate(new Uint8Array(code));
  const missing = [...(knows(tailCall) ? [] : ['tail calls']), ...(knows(exceptions) ? [] : ['exceptions'])];
  return missing.length === 0 ? undefined : `This browser is too old to run the program: its WebAssembly lacks ${missing.join(' and ')}.`;
}

/** Why a program that requests real threads gets none, as a sentence. */
export function whyNoThreads(page = { isolated: globalThis.crossOriginIsolated, able: browserHasThreads() }): string | undefined {
  if (page.isolated && page.able) return undefined;
  const why = page.able ? 'a page has only with cross-origin isolation' : 'this browser does not support';
  return `This program needs real threads, which ${why}: std::thread cannot start a thread here, and asyncio::to_thread runs its work on the event loop.`;
}

/** What a program cannot do in a browser without JavaScript Promise Integration. */
export function whatIsMissing(browser: { WebAssembly: object } = globalThis): string | undefined {
  if ('Suspending' in browser.WebAssembly) return undefined;
  return (
    'This browser cannot suspend WebAssembly (it has no JavaScript Promise Integration): code after asyncio::run in main() ' +
    'does not run, and std::cin reads nothing.'
  );
}
