import type { CompilerSettings, SourceFiles, SourceOptions } from '../../protocol/compile.js';
import type { CompletionList, SourcePlace } from '../../protocol/completion.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { argumentsFor, forUnit } from './arguments.js';
import { parseCompletions } from './completions.js';
import { withoutRepeats } from './diagnostics.js';
import { explain } from './explain.js';
import { warnOfMissingIncludes } from './missing-includes.js';
import { type Llvm, LlvmCrash, type LlvmResult } from './llvm.js';
import { SourceColumns } from './source-columns.js';
import { refuse, SOURCE, treeOf, unitsOf } from './source-files.js';
import { warnOfCalledLambdas } from './called-lambdas.js';
import { lifetimeWarnings } from './lifetime-check.js';

/** The source needs a part of the compiler that is not loaded. */
export class IncompleteCompiler extends Error {
  override name = 'IncompleteCompiler';
}

/**
 * Answers questions about a source being edited. Undefined where the compiler cannot handle the source: a Run reports
 * why. Throws IncompleteCompiler.
 */
export class Analyser {
  readonly #llvm: Llvm;
  readonly #settings: CompilerSettings;
  readonly #whole: boolean;

  /** `whole`: false if the modules of `llvm` contain only what most programs need. */
  constructor(llvm: Llvm, settings: CompilerSettings, whole = true) {
    this.#llvm = llvm;
    this.#settings = settings;
    this.#whole = whole;
  }

  check(files: SourceFiles, options: SourceOptions): Diagnostic[] | undefined {
    const { check } = argumentsFor(this.#settings, options);
    const checked = this.#checkUnits(files, check);
    if (checked === undefined) return undefined;
    const { diagnostics } = explain(checked, files);
    const warnings = lifetimeWarnings(files, (marked) => this.#checkUnits(marked, check) ?? '');
    return [...withoutRepeats(diagnostics), ...warnOfCalledLambdas(files), ...warnOfMissingIncludes(files), ...warnings];
  }

  complete(files: SourceFiles, place: SourcePlace, options: SourceOptions): CompletionList | undefined {
    const list = this.#complete(files, place, options);
    if (place.file === SOURCE || list === undefined || list.completions.length > 0 || list.signatures.length > 0) return list;
    // The program does not include that file yet.
    return this.#complete({ ...files, [SOURCE]: `#include "${place.file}"\n` }, place, options);
  }

  #complete(files: SourceFiles, place: SourcePlace, options: SourceOptions): CompletionList | undefined {
    const column = new SourceColumns(files).utf8(place.file, place.line, place.column);
    const at = `-code-completion-at=${place.file}:${place.line}:${column}`;
    const completed = this.#run(files, [...argumentsFor(this.#settings, options).check, at]);
    return completed === undefined ? undefined : parseCompletions(completed.output);
  }

  /** What clang prints for all translation units. */
  #checkUnits(files: SourceFiles, check: string[]): string | undefined {
    const outputs = unitsOf(files).map((unit) => this.#run(files, forUnit(check, unit))?.output);
    return outputs.includes(undefined) ? undefined : outputs.join('');
  }

  header(name: string): string | undefined {
    return this.#llvm.resource(`${this.#settings.headersPath}/${name}`);
  }

  #run(files: SourceFiles, args: string[]): LlvmResult | undefined {
    if (refuse(files) !== undefined) return undefined;
    try {
      return this.#llvm.run(args, treeOf(files));
    } catch (error) {
      if (!(error instanceof LlvmCrash)) throw error;
      if (error.unreachable && !this.#whole) throw new IncompleteCompiler();
      return undefined;
    }
  }
}
