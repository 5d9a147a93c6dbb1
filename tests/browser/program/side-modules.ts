import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNativeCompiler } from '../../../web/build/compiler/native-compiler.mjs';
import { built } from '../../../web/build/compiler/paths.mjs';
import type { CompilerArguments, CompilerSettings, Optimisation } from '../../../web/protocol/compile.js';

interface NativeTool {
  run(args: string[], files: Record<string, string | Uint8Array>): { exitCode: number; output: string; file: (name: string) => Uint8Array | undefined };
}

/** Builds side modules as the page does, but with the machine's own clang. */
export class SideModules {
  readonly #folder: string;
  readonly #native: NativeTool;
  readonly #arguments: CompilerArguments;

  /** Modules are written to `folder`; with `threads` they are for the main module with threads. */
  constructor(folder: string, { threads = false } = {}) {
    const settings = JSON.parse(readFileSync(join(built.site, 'compiler.json'), 'utf8')) as CompilerSettings;
    this.#folder = folder;
    this.#native = openNativeCompiler(readFileSync(built.stamp, 'utf8'));
    this.#arguments = threads ? settings.threads : settings;
    mkdirSync(folder, { recursive: true });
  }

  /** Returns the module's file name. Without the precompiled header a program sees only what it includes. */
  build(name: string, source: string, optimisation: Optimisation = '0', { precompiled = true } = {}): string {
    const args = this.#arguments.compile[optimisation];
    const at = args.indexOf('-include-pch');
    const object = this.#make(precompiled ? args : args.toSpliced(at, 2), { 'main.cpp': source }, 'main.o');
    writeFileSync(join(this.#folder, `${name}.wasm`), this.#make(this.#arguments.link, { 'main.o': object }, 'main.wasm'));
    return `${name}.wasm`;
  }

  #make(args: string[], files: Record<string, string | Uint8Array>, name: string): Uint8Array {
    const { exitCode, output, file } = this.#native.run(args, files);
    const made = file(name);
    if (exitCode !== 0 || made === undefined) throw new Error(`making ${name} failed:\n${output}`);
    return made;
  }
}
