import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Tool a tool in a Debian package
 * @property {string} package
 * @property {string} [command] that it puts on PATH
 * @property {string[]} [or] commands that serve as well
 * @property {string} [variable] an environment variable that may contain the command's path
 * @property {Purpose[]} for
 * @property {string} why
 * @property {string} [brew] the Homebrew formula
 * @property {string} [get] where else to get it
 *
 * @typedef {object} Pinned a Debian package that is unpacked into the project's own folder
 * @property {string} package
 * @property {string} [suite] if it is not the system's
 * @property {string} version the one tested
 * @property {Record<string, string>} sha256 of the archive, by architecture
 *
 * @typedef {'site' | 'tests' | 'all-tests'} Purpose
 *
 * @typedef {object} Toolchain
 * @property {{ minimum: string, below: string, tested: string }} emscripten
 * @property {Record<'emscripten' | 'binaryen' | 'json' | 'googletest' | 'mdbook', Pinned>} pinned
 * @property {{ package: string, version: string, sha256: string }} sqlite the npm package that carries SQLite's sources
 * @property {Record<'binaryen' | 'mdbook', string[]>} companions further packages that one of them needs, of the same suite
 * @property {{ debianRoot: string }} llvm
 * @property {Tool[]} tools
 */

const here = dirname(fileURLToPath(import.meta.url));

export const root = join(here, '../..');

/** The folder of everything that is unpacked here. */
export const folder = join(root, 'build/toolchain');

/** @type {Toolchain} */
export const toolchain = JSON.parse(readFileSync(join(here, '../toolchain.json'), 'utf8'));
