/**
 * Builds Emscripten's libraries that the main module links with, one by one, if they are missing. The link would build
 * them too, but silently for a minute. `--threads`: those of the main module with threads.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../emsdk-config/setup/toolchain.mjs';

const { root: emscripten } = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8'));
const { mainModule, threads } = JSON.parse(readFileSync(join(root, 'emsdk-config/flags.json'), 'utf8'));

const cache = execFileSync(join(emscripten, 'em-config'), ['CACHE'], { encoding: 'utf8' }).trim();
/** @type {string[]} */
const libraries = process.argv.includes('--threads') ? threads.libraries : mainModule.libraries;
const missing = libraries.filter((name) => !['a', 'o'].some((ending) => existsSync(join(cache, 'sysroot/lib/wasm32-emscripten/pic', `${name}.${ending}`))));

missing.forEach((name, index) => {
  console.log(`[${index + 1}/${missing.length}] ${name}`);
  const { status } = spawnSync(join(emscripten, 'embuilder'), ['--pic', 'build', name], { stdio: 'inherit' });
  // Another version of Emscripten may use a different name.
  if (status !== 0) console.log(`${name} was not built in advance: linking builds it if needed`);
});
