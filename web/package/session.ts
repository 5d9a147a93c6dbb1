/** The package's session; in the assets, next to the files that it loads. */
import { assetsBesideScript } from '../engine/assets-beside-script.js';
import { createEngine } from '../engine/engine.js';
import type { RunningProgram } from '../engine/programs.js';
import { whyNotHere } from '../engine/why-not-here.js';
import type { SourceFiles } from '../protocol/compile.js';
import type { Outcome } from '../protocol/program.js';
import type { CompileOptions, CompileResult, Exit, LoadOptions, Program, RunOptions, Session } from './api.js';
import { Feed } from './feed.js';
import type { SessionScript } from './session-script.js';
import { unlessAborted } from './unless-aborted.js';

/** Defined by web/build/vite/embedded-element.ts. */
declare const __PACKAGE_VERSION__: string;

export const version: SessionScript['version'] = __PACKAGE_VERSION__;

const GRACE_MS = 2_000;
const NEVER_BEGAN: Exit = { type: 'stopped', forced: false };

export const openSession: SessionScript['openSession'] = () => {
  const why = whyNotHere();
  if (why !== undefined) throw new Error(why);
  return new PageSession();
};

class PageSession implements Session {
  readonly #engine = createEngine({ assets: assetsBesideScript(), files: 'forget' });
  readonly runtime = this.#engine.runtime;
  readonly #closed = new AbortController();
  readonly #running = new Set<RunningProgram>();

  async load({ onProgress = () => undefined }: LoadOptions = {}): Promise<void> {
    this.#closed.signal.throwIfAborted();
    await Promise.all([this.#engine.openCompiler(onProgress).load(), this.#engine.programs(false).warm()]);
  }

  async compile(source: string | SourceFiles, options: CompileOptions = {}): Promise<CompileResult> {
    const { onProgress = () => undefined, signal, optimisation = '0', standard = 'c++23', warnings = 'default' } = options;
    const given = this.#given(signal);
    given.throwIfAborted();
    const compiler = this.#engine.openCompiler(onProgress);
    const cancel = (): void => compiler.cancel();
    given.addEventListener('abort', cancel, { once: true });
    try {
      const files = typeof source === 'string' ? { 'main.cpp': source } : source;
      const result = await compiler.compile(files, { optimisation, standard, warnings });
      switch (result.type) {
        case 'compiled': {
          const { module, diagnostics, timings } = result;
          return { type: 'compiled', program: { module, runtime: this.runtime }, diagnostics, timings };
        }
        case 'compile-error':
          return result;
        case 'cancelled':
          throw given.reason;
        case 'failed':
          throw new Error(result.message);
      }
    } finally {
      given.removeEventListener('abort', cancel);
    }
  }

  async run(program: Program, options: RunOptions = {}): Promise<Exit> {
    this.#closed.signal.throwIfAborted();
    if (program.runtime !== this.runtime) {
      throw new TypeError(`The program was compiled for runtime ${program.runtime}, and this is ${this.runtime}: compile it again.`);
    }
    const given = this.#given(options.signal);
    const release = await this.#engine.takeTurn(given, () => undefined);
    if (release === undefined) return this.#beforeItBegan();
    try {
      const host = this.#engine.programs(false);
      // Here a failure rejects; inside the run it would be reported as the program's.
      if (!(await unlessAborted(given, host.warm().then(() => true)))) return this.#beforeItBegan();
      return await this.#runNow(program, options);
    } finally {
      release();
    }
  }

  close(): void {
    this.#closed.abort(new Error('The session is closed.'));
    for (const running of this.#running) running.terminate();
    this.#engine.close();
  }

  async #runNow(program: Program, options: RunOptions): Promise<Exit> {
    const { args = [], stdin = '', clock = 'real', seed = null, onOutput, signal, graceMs = GRACE_MS } = options;
    const pieces = typeof stdin === 'string' ? undefined : new Feed(stdin);
    const running = this.#engine.programs(false).run(
      program.module,
      { args: [...args], stdin: typeof stdin === 'string' ? stdin : null, clock, seed },
      (stream, text, task) => onOutput?.({ stream, text, ...(task === undefined ? {} : { task }) }),
      () => void pieces?.giveLine(running),
    );
    this.#running.add(running);
    let grace: ReturnType<typeof setTimeout> | undefined;
    const interrupt = (): void => {
      running.stop();
      grace = setTimeout(() => running.terminate(), graceMs);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted === true) interrupt();
    try {
      const outcome = untimed(await running.outcome);
      pieces?.end();
      return { ...outcome, ...running.facts };
    } finally {
      clearTimeout(grace);
      signal?.removeEventListener('abort', interrupt);
      this.#running.delete(running);
    }
  }

  #beforeItBegan(): Exit {
    this.#closed.signal.throwIfAborted();
    return NEVER_BEGAN;
  }

  /** Aborted when the operation is cancelled, or the session closed. */
  #given(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]);
  }
}

/** The program host sets no time limit; others do. */
function untimed(outcome: Outcome): Exclude<Outcome, { type: 'timeout' }> {
  if (outcome.type === 'timeout') throw new Error('the program host has no time limit');
  return outcome;
}
