import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Flags {
  common: { compile: string[] };
  page: { compile: string[]; link: string[]; threads: { compile: string[]; link: string[] } };
}

/** Builds side modules as the page does, with the machine's own clang and without the precompiled header. */
export class SideModules {
  readonly #folder: string;
  readonly #llvm: string;
  readonly #compileFlags: string[];
  readonly #linkFlags: string[];

  /** Modules go into `folder`; with `threads` for the main module that has them. */
  constructor(folder: string, { threads = false } = {}) {
    const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
    const flags = json('emsdk-config/flags.json') as Flags;
    const emscripten = json('build/toolchain/emscripten.json') as { root: string };
    const config = (key: string): string =>
      execFileSync(join(emscripten.root, 'em-config'), [key], { encoding: 'utf8' }).trim();
    this.#folder = folder;
    this.#llvm = config('LLVM_ROOT');
    const extra = threads ? flags.page.threads : { compile: [], link: [] };
    this.#linkFlags = [...flags.page.link, ...extra.link];
    this.#compileFlags = [
      ...flags.common.compile,
      ...flags.page.compile,
      ...extra.compile,
      `--sysroot=${join(config('CACHE'), 'sysroot')}`,
      `-I${join(root, 'runtime/include')}`,
      `-isystem${join(root, 'build/wasm/runtime/third_party')}`,
    ];
    mkdirSync(folder, { recursive: true });
  }

  /** Gives the module's file name. */
  build(name: string, source: string, ...flags: string[]): string {
    const file = (suffix: string): string => join(this.#folder, `${name}.${suffix}`);
    writeFileSync(file('cpp'), source);
    this.#run('clang++', [...this.#compileFlags, ...flags, '-c', file('cpp'), '-o', file('o')]);
    this.#run('wasm-ld', [...this.#linkFlags, file('o'), '-o', file('wasm')]);
    return `${name}.wasm`;
  }

  #run(tool: string, args: string[]): void {
    execFileSync(join(this.#llvm, tool), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
