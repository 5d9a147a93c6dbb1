import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBook } from '../../emsdk-config/setup/mdbook.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const recipes = join(root, 'tests/recipes');

/** The folder of the built sites by name, of the element's files, and of the programs compiled ahead of time. */
export const sitesFolder = join(root, 'build/tests/recipes');

function run(folder: string, command: string, args: string[], more: { input?: string } = {}): void {
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['pipe', 'ignore', 'inherit'], ...more });
}

/** The command of each generator, run in its folder; it builds into `out`. */
const generators: Record<string, (source: string, out: string) => void> = {
  vitepress(source, out) {
    // It writes beside its sources.
    const copy = join(sitesFolder, 'sources/vitepress');
    cpSync(source, copy, { recursive: true });
    run(copy, process.execPath, [join(root, 'node_modules/vitepress/bin/vitepress.js'), 'build', '--outDir', out]);
  },
  docusaurus(source, out) {
    // Its generated files must lie beside its own package.json: elsewhere they would be treated as ES modules.
    run(source, process.execPath, [join(source, 'node_modules/@docusaurus/core/bin/docusaurus.mjs'), 'build', '--out-dir', out]);
  },
  mdbook(source, out) {
    buildBook(source, out);
  },
  sphinx(source, out) {
    run(source, 'sphinx-build', ['-q', '-b', 'html', '-d', join(sitesFolder, 'sources/sphinx'), '.', out]);
  },
  mkdocs(source, out) {
    run(source, 'mkdocs', ['build', '-q', '-d', out]);
  },
  doxygen(_source, out) {
    const settings = `@INCLUDE = Doxyfile\nOUTPUT_DIRECTORY = ${sitesFolder}\nHTML_OUTPUT = ${out}\n`;
    run(join(recipes, 'doxygen'), 'doxygen', ['-'], { input: settings });
  },
};

/** Builds the sites as docs/recipes.md describes, and compiles their snippets ahead of time. */
export function buildSites(): void {
  rmSync(sitesFolder, { recursive: true, force: true });
  mkdirSync(sitesFolder, { recursive: true });
  for (const [name, build] of Object.entries(generators)) build(join(recipes, name), join(sitesFolder, name));
  run(root, process.execPath, ['tools/embed.mjs', sitesFolder]);
  cpSync(join(root, 'dist'), join(sitesFolder, 'asyncio'), { recursive: true });
}
