/** What the package does in Node, while a site is built. */
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareSnippets } from '../../build/prepared/prepare.mjs';
import { manifestForm } from '../../engine/prepared/prepared.js';
import * as snippetText from '../../engine/prepared/snippet-text.js';
import { programKey, textKey } from '../../engine/prepared/text-key.js';
import { loadCompiler } from './compiler.js';

/** Made by web/build/package. */
declare const __RUNTIME_VERSION__: string;

/** What was made of a folder's snippets. */
export interface EmbedReport {
  snippets: number;
  /** How many were compiled; those of the same text are one. */
  modules: number;
  /** Of all modules. */
  bytes: number;
  /** How many snippets were not compiled; unless 0, nothing was written. */
  failed: number;
}

export interface EmbedOptions {
  /** Where the modules and their manifest are written. Unset: `asyncio-snippets` in the folder. */
  out?: string | undefined;
  /** Is told, a line each, what is wrong with a snippet. Unset: stderr. */
  say?: ((line: string) => void) | undefined;
}

const here = import.meta.url;

/** The folder of the assets, as they are in the package: what is hosted. */
export const assetsFolder: string = fileURLToPath(new URL('../site/', here));

/**
 * Compiles the snippets in the HTML and Markdown below a folder ahead of time, so that a reader who only presses Run
 * fetches no compiler. Where one does not compile that is said, and nothing is written. Rejects with an Error when there is
 * no such folder.
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

/** Copies the assets into a folder of a site, which is made; files that lie there under other names stay. */
export function copyAssets(folder: string): void {
  cpSync(assetsFolder, folder, { recursive: true });
}

function compilerFolder(): string {
  const name = readdirSync(assetsFolder).find((one) => one.startsWith('compiler-'));
  if (name === undefined) throw new Error(`The compiler is missing in ${assetsFolder}: install the package anew.`);
  return join(assetsFolder, name);
}
