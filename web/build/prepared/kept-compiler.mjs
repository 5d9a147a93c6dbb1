import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {import('../../compile/worker/compiler.js').CompileOutcome} CompileOutcome
 * @typedef {import('../../protocol/compile.js').CompileOptions} CompileOptions
 * @typedef {(files: Record<string, string>, options: CompileOptions) => CompileOutcome} Compile
 * @typedef {(...args: Parameters<Compile>) => CompileOutcome | Promise<CompileOutcome>} MayCompileLater
 */

/**
 * A compiler that caches its output in a folder, and is loaded only on a cache miss. Outputs with diagnostics are not
 * cached, so that these are reported each time.
 * @param {string} folder
 * @param {string} version of all that goes into a module beside the program
 * @param {() => Promise<{ compile: MayCompileLater }>} load
 */
export function keptCompiler(folder, version, load) {
  /** @type {ReturnType<typeof load> | undefined} */
  let loading;
  return {
    /**
     * @param {Parameters<Compile>[0]} files
     * @param {CompileOptions} options
     * @returns {Promise<CompileOutcome>}
     */
    async compile(files, options) {
      const key = createHash('sha256').update(JSON.stringify([version, files, options])).digest('hex');
      const path = join(folder, `${key}.wasm`);
      if (existsSync(path)) return { type: 'compiled', module: readFileSync(path), diagnostics: [], timings: { compileMs: 0, linkMs: 0 } };
      loading ??= load();
      const outcome = await (await loading).compile(files, options);
      if (outcome.type === 'compiled' && outcome.diagnostics.length === 0) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${path}.new`, outcome.module);
        renameSync(`${path}.new`, path);
      }
      return outcome;
    },
  };
}
