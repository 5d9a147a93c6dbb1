import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unpackBitstream } from '../../compile/worker/bitstream-unpack.js';
import type { Compiler } from '../../compile/worker/compiler.js';
import { moduleName, openTools } from '../../compile/worker/load.js';
import type { CompilerKit, CompilerSettings } from '../../protocol/compile.js';

/** The page's compiler in Node, from the files that the page fetches. */
export async function loadCompiler(folder: string): Promise<Compiler> {
  const settings = JSON.parse(readFileSync(join(folder, 'compiler.json'), 'utf8')) as CompilerSettings;
  const kit: CompilerKit = { settings, modules: new Map(), files: new Map(), libraries: new Map(), whole: true };
  // A whole module replaces its part.
  const replaced = new Set(settings.files.filter(({ kind }) => kind === 'rest').map(({ name }) => moduleName(name)));
  for (const { name, kind } of settings.files) {
    const path = join(folder, name);
    switch (kind) {
      case 'module':
      case 'rest':
        if (kind === 'rest' || !replaced.has(name)) kit.modules.set(moduleName(name), await WebAssembly.compile(readFileSync(path)));
        break;
      case 'headers':
        kit.files.set(kind, new Blob([readFileSync(path)]));
        break;
      case 'precompiled':
        kit.files.set(kind, new Blob([unpackBitstream(readFileSync(path))]));
        break;
    }
  }
  const { compiler } = await openTools(pathToFileURL(folder + sep).href, kit);
  return compiler;
}
