import type { CompileOptions, CompilerSettings } from '../../protocol/compile.js';
import { argumentsFor } from './arguments.js';
import type { HeldTool, Llvm, LlvmResult } from './llvm.js';
import { compilable } from './resume-points.js';
import { SOURCE, treeOf } from './source-files.js';

/** Bytes of the file that clang waits for: a longer program has to start its own clang. No other file has this length. */
const SIZE = 65_521;

/** What follows the program: clang has asked how long its file is before the text is known. */
const PADDING = ' '.charCodeAt(0);

/** Clang, started before there is a program to compile: it has read the precompiled header, and waits for main.cpp. */
export class HeldClang {
  readonly #llvm: Pick<Llvm, 'hold'>;
  readonly #settings: CompilerSettings;
  #held: { tool: HeldTool; args: string } | undefined;

  constructor(llvm: Pick<Llvm, 'hold'>, settings: CompilerSettings) {
    this.#llvm = llvm;
    this.#settings = settings;
  }

  /** Starts one for programs with these options. Takes as long as a compile of an empty program. */
  prepare(options: CompileOptions): void {
    const args = this.#argumentsFor(options);
    if (this.#held?.args === args.join('\n')) return;
    this.#held = { tool: this.#llvm.hold(args, {}, { name: SOURCE, size: SIZE }), args: args.join('\n') };
  }

  /** What clang makes of main.cpp. Undefined if none is held for it: it has to be compiled from the start. */
  async compile(files: Record<string, string>, options: CompileOptions): Promise<LlvmResult | undefined> {
    const compiled = compilable(files);
    const source = new TextEncoder().encode(`${compiled[SOURCE] ?? ''}\n`);
    if (this.#held?.args !== this.#argumentsFor(options).join('\n') || source.length > SIZE) return undefined;
    const { tool } = this.#held;
    this.#held = undefined;
    const data = new Uint8Array(SIZE).fill(PADDING);
    data.set(source);
    try {
      const result = await tool.end(treeOf(compiled), data);
      return namesPadding(result.output, files[SOURCE] ?? '') ? undefined : result;
    } catch {
      // A crash, which happens again where it can be told.
      return undefined;
    }
  }

  #argumentsFor(options: CompileOptions): string[] {
    return argumentsFor(this.#settings, options).compile[options.optimisation];
  }
}

/** Whether a message is about a place after the text, such as its missing last brace. */
function namesPadding(output: string, text: string): boolean {
  const lines = text.split('\n').length;
  return Array.from(output.matchAll(/^main\.cpp:(\d+):/gm)).some(([, line]) => Number(line) > lines);
}
