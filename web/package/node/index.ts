/** The package's functions for Node, used when a site is built. */
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareSnippets } from '../../build/prepared/prepare.mjs';
import { manifestForm } from '../../engine/prepared/prepared.js';
import * as snippetText from '../../engine/prepared/snippet-text.js';
import { programKey, textKey } from '../../engine/prepared/text-key.js';
import { loadCompiler } from './compiler.js';

/** Defined by web/build/package. */
declare const __RUNTIME_VERSION__: string;

/** The result of compiling a folder's snippets. */
export interface EmbedReport {
  snippets: number;
  /** Number of compiled modules; snippets with the same text share one. */
  modules: number;
  /** Total of all modules. */
  bytes: number;
  /** Number of snippets that failed to compile; unless 0, nothing was written. */
  failed: number;
}

export interface EmbedOptions {
  /** The output folder of the modules and their manifest. Unset: `asyncio-snippets` in the folder. */
  out?: string | undefined;
  /** Called with each line of a snippet's errors. Unset: stderr. */
  say?: ((line: string) => void) | undefined;
}

const here = import.meta.url;

/** The folder of the assets in the package, to be hosted. */
export const assetsFolder: string = fileURLToPath(new URL('../site/', here));

/**
 * Precompiles the snippets in the HTML and Markdown below a folder, so that a reader who only presses Run downloads no
 * compiler. If one does not compile, that is reported and nothing is written. Rejects with an Error if the folder does
 * not exist.
 */
export async function embed(folder: string, { out = join(folder, 'asyncio-snippets'), say = (line) => console.error(line) }: EmbedOptions = {}): Promise<EmbedReport> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  return prepareSnippets(resolve(folder), resolve(out), say, {
    ...snippetText,
    programKey,
    textKey,
    manifestForm,
    runtime: __RUNTIME_VERSION__,
    loadCompiler: () => loadCompiler(compilerFolder()),
  });
}

/** Copies the assets into a folder of a site, creating it; existing files with other names stay. */
export function copyAssets(folder: string): void {
  cpSync(assetsFolder, folder, { recursive: true });
}

function compilerFolder(): string {
  const name = readdirSync(assetsFolder).find((one) => one.startsWith('compiler-'));
  if (name === undefined) throw new Error(`The compiler is missing in ${assetsFolder}: reinstall the package.`);
  return join(assetsFolder, name);
}
