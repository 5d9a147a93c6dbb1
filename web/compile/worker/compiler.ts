import type { CompileOptions, CompilerArguments, CompilerSettings, CompileTimings, Optimisation } from '../../protocol/compile.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { argumentsFor, forUnit } from './arguments.js';
import { type CompilerReport, withoutRepeats } from './diagnostics.js';
import { explain } from './explain.js';
import { warnOfMissingIncludes } from './missing-includes.js';
import { libraryFile, librariesOf } from './libraries.js';
import { linkerDiagnostic, parseLinkerMessages } from './linker-messages.js';
import { type Llvm, LlvmCrash, type LlvmResult } from './llvm.js';
import { compilable, isLoopBug } from './resume-points.js';
import { refuse, SOURCE, treeOf, unitsOf } from './source-files.js';
import { warnOfCalledLambdas } from './called-lambdas.js';
import { lifetimeWarnings } from './lifetime-check.js';

const OBJECT = 'main.o';
const MODULE = 'main.wasm';

const ASYNC_MAIN = '_Z10async_mainv';
const ASYNC_MAIN_IS_AN_ENTRY = 'asyncio::Coro<int> async_main();\n';

const LOOP_BUG =
  'This program triggers a compiler bug: a try block around co_await in a loop cannot be compiled. ' +
  'Move the try block into a coroutine of its own, and co_await it in the loop.';

export type CompileOutcome =
  | { type: 'compiled'; module: Uint8Array; diagnostics: Diagnostic[]; timings: CompileTimings }
  | { type: 'compile-error'; diagnostics: Diagnostic[]; text: string; timings: CompileTimings }
  | { type: 'failed'; message: string; retriable: boolean }
  /** The program needs a part of the compiler that is not loaded. */
  | { type: 'incomplete' }
  /** The program needs an archive that is not loaded. */
  | { type: 'needs-library'; file: string };

export interface CompilerParts {
  /** False if the modules of LLVM contain only what most programs need. */
  whole: boolean;
  /** Archives by file name. */
  libraries: ReadonlyMap<string, Uint8Array>;
}

/** main.cpp, compiled already: held-clang.ts. */
export interface CompiledMain {
  result: LlvmResult;
  ms: number;
}

interface Sources {
  written: Record<string, string>;
  /** With the same lines and columns. */
  compiled: Record<string, string>;
}

interface CompiledUnit extends CompilerReport {
  /** Undefined where it was not compiled. */
  object: Uint8Array | undefined;
  result: LlvmResult;
}

/** Compiles a snippet to a side module. The page's worker and Node use the same code. */
export class Compiler {
  readonly #llvm: Llvm;
  readonly #settings: CompilerSettings;
  readonly #parts: CompilerParts;

  constructor(llvm: Llvm, settings: CompilerSettings, parts: CompilerParts = { whole: true, libraries: new Map() }) {
    this.#llvm = llvm;
    this.#settings = settings;
    this.#parts = parts;
  }

  /** `main`: what clang made of main.cpp, if it has been compiled already, and how long that took. */
  compile(files: Record<string, string>, options: CompileOptions, main?: CompiledMain): CompileOutcome {
    const timings: CompileTimings = { compileMs: main?.ms ?? 0, linkMs: 0 };
    const refused = refuse(files);
    if (refused !== undefined) {
      return { type: 'compile-error', diagnostics: [linkerDiagnostic(refused)], text: `error: ${refused}\n`, timings };
    }
    const missing = archivesOf(files, options).find((file) => !this.#parts.libraries.has(file));
    if (missing !== undefined) return { type: 'needs-library', file: missing };
    try {
      return this.#compileAroundLoopBug(files, options, timings, main);
    } catch (error) {
      if (!(error instanceof LlvmCrash)) throw error;
      if (error.unreachable && !this.#parts.whole) return { type: 'incomplete' };
      return { type: 'failed', message: explainCrash(error), retriable: true };
    }
  }

  /** A program that may hit the bug is compiled in another form; one that hits it all the same, with optimisation. */
  #compileAroundLoopBug(files: Record<string, string>, options: CompileOptions, timings: CompileTimings, main: CompiledMain | undefined): CompileOutcome {
    const sources = { written: files, compiled: compilable(files) };
    for (const optimisation of new Set<Optimisation>([options.optimisation, '1', '2'])) {
      try {
        const outcome = this.#compile(sources, { ...options, optimisation }, timings, optimisation === options.optimisation ? main : undefined);
        if (outcome.type !== 'compile-error' || sources.compiled === files) return outcome;
        // The compiler's text is about what the user has written.
        return this.#compile({ written: files, compiled: files }, options, timings);
      } catch (error) {
        if (!isLoopBug(error)) throw error;
      }
    }
    return { type: 'failed', message: LOOP_BUG, retriable: false };
  }

  #compile({ written: files, compiled }: Sources, options: CompileOptions, timings: CompileTimings, main?: CompiledMain): CompileOutcome {
    const args = argumentsFor(this.#settings, options);
    const units = unitsOf(files).map((unit) => timed(timings, 'compileMs', () => this.#compileUnit(unit, { written: files, compiled }, args, options.optimisation, main)));
    const text = units.map((unit) => unit.text).join('');
    const diagnostics = withoutRepeats([...units.flatMap((unit) => unit.diagnostics), ...warnOfCalledLambdas(files), ...warnOfMissingIncludes(files)]);
    const failed = units.find(({ object }) => object === undefined);
    if (diagnostics.some(({ severity }) => severity === 'error')) return { type: 'compile-error', diagnostics, text, timings };
    if (failed !== undefined) return unexplained('compiler', failed.result);
    timed(timings, 'compileMs', () => diagnostics.push(...lifetimeWarnings(files, (marked) => this.#check(marked, args))));

    const inputs = Object.fromEntries([
      ...units.map(({ object }, index): [string, Uint8Array] => [index === 0 ? OBJECT : `unit-${index}.o`, object ?? new Uint8Array()]),
      ...archivesOf(files, options).map((file): [string, Uint8Array] => [file, this.#parts.libraries.get(file) ?? new Uint8Array()]),
    ]);
    const linked = timed(timings, 'linkMs', () => this.#llvm.run(args.link.flatMap((arg) => (arg === OBJECT ? Object.keys(inputs) : [arg])), inputs));
    const module = linked.file(MODULE);
    diagnostics.push(...parseLinkerMessages(linked.output));
    if (linked.exitCode !== 0 || module === undefined) {
      if (!diagnostics.some(({ severity }) => severity === 'error')) return unexplained('linker', linked);
      return { type: 'compile-error', diagnostics, text: text + linked.output, timings };
    }
    const missing = this.#missingEntry(module, files, args);
    if (missing !== undefined) {
      diagnostics.push(linkerDiagnostic(missing));
      return { type: 'compile-error', diagnostics, text: `${text}error: ${missing}\n`, timings };
    }
    return { type: 'compiled', module, diagnostics, timings };
  }

  #compileUnit(unit: string, { written, compiled }: Sources, args: CompilerArguments, optimisation: Optimisation, main: CompiledMain | undefined): CompiledUnit {
    const result = unit === SOURCE && main !== undefined ? main.result : this.#llvm.run(forUnit(args.compile[optimisation], unit), treeOf(compiled));
    const object = result.exitCode === 0 ? result.file(OBJECT) : undefined;
    return { ...explain(result.output, written), object, result };
  }

  /** What clang prints for these sources. */
  #check(files: Record<string, string>, { check }: CompilerArguments): string {
    return unitsOf(files).map((unit) => this.#llvm.run(forUnit(check, unit), treeOf(files)).output).join('');
  }

  /** Why the program cannot start, if it cannot. */
  #missingEntry(module: Uint8Array, files: Record<string, string>, { check }: CompilerArguments): string | undefined {
    const exported = WebAssembly.Module.exports(new WebAssembly.Module(module as Uint8Array<ArrayBuffer>));
    const [entry, ...others] = exported.map(({ name }) => name).filter((name) => this.#settings.entryPoints.includes(name));
    if (entry === undefined) return 'the program has no main function: add int main() { ... }';
    if (entry !== ASYNC_MAIN || others.length > 0) return undefined;
    // A symbol does not tell the return type of its function.
    const asked = this.#llvm.run(check, treeOf({ ...files, [SOURCE]: `${files[SOURCE] ?? ''}\n${ASYNC_MAIN_IS_AN_ENTRY}` }));
    return asked.exitCode === 0 ? undefined : 'async_main must return asyncio::Coro<int>: its result is the exit code';
  }
}

function archivesOf(files: Record<string, string>, options: CompileOptions): string[] {
  return librariesOf(files).map((name) => libraryFile(name, options.threads === true));
}

function timed<T>(timings: CompileTimings, key: keyof CompileTimings, run: () => T): T {
  const start = performance.now();
  try {
    return run();
  } finally {
    timings[key] += performance.now() - start;
  }
}

function explainCrash(crash: LlvmCrash): string {
  const { cause } = crash;
  if (cause instanceof RangeError) {
    return /memory/i.test(cause.message)
      ? 'The compiler ran out of memory: the program is too large.'
      : 'The compiler ran out of stack: templates, expressions or blocks of the program are nested too deeply.';
  }
  return `The compiler crashed on this program (${crash.message}).\n${crash.output}`.trimEnd();
}

function unexplained(tool: string, { exitCode, output }: LlvmResult): CompileOutcome {
  return {
    type: 'failed',
    message: `The ${tool} ended with code ${exitCode}.\n${output}`.trimEnd(),
    retriable: true,
  };
}
