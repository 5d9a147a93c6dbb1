import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../steps/user-error.mjs';
import { installPackages, missingTools, onDebian } from './debian.mjs';
import { nameWhatIsMissing } from './elsewhere.mjs';
import { configureEmscripten, emscriptenOnPath, emscriptenPackages } from './emscripten.mjs';
import { libraryPackages, linkLibraries } from './libraries.mjs';
import { configureMdbook, mdbookPackages } from './mdbook.mjs';
import { installNodeModules, nodeModulesAreThere } from './npm.mjs';
import { recordEmscripten } from './record.mjs';
import { sqliteIsThere, unpackSqlite } from './sqlite.mjs';
import { unpackPackages } from './suite.mjs';
import { folder, root, toolchain } from './toolchain.mjs';

/**
 * @typedef {import('./toolchain.mjs').Purpose} Purpose
 * @typedef {import('../steps/steps.mjs').Steps} Steps
 */

/** What each purpose includes. */
const includes = /** @type {const} */ ({
  site: ['site'],
  tests: ['site', 'tests'],
  'all-tests': ['site', 'tests', 'all-tests'],
});

/** The disk space of a complete first build, Debian's packages included. */
const roomGigabytes = { site: 4, tests: 7, 'all-tests': 8 };

/**
 * Installs the toolchain: Debian packages, npm packages, Emscripten, C++ libraries. Does only what is missing, and
 * concurrently: each part waits for the network and the disk, and none depends on another.
 * @param {Steps} steps
 * @param {Purpose} purpose
 */
export async function setUp(steps, purpose) {
  mkdirSync(folder, { recursive: true });
  await steps.run('the tools', async (step) => {
    const wanted = /** @type {readonly Purpose[]} */ (includes[purpose]);
    const tools = missingTools(toolchain.tools.filter((tool) => tool.for.some((it) => wanted.includes(it))));
    const withTests = purpose !== 'site';
    const libraries = /** @type {('json' | 'googletest')[]} */ (withTests ? ['json', 'googletest'] : ['json']);
    const own = emscriptenOnPath((text) => step.warn(text));

    if (!onDebian()) {
      nameWhatIsMissing(tools, [...(own === undefined ? [noEmscripten()] : []), ...linkLibraries(libraries)]);
    }
    const folders = [root, ...(purpose === 'all-tests' ? [join(root, 'tests/recipes/docusaurus')] : [])].filter((it) => !nodeModulesAreThere(it));
    const newer = onDebian() ? [...(own === undefined ? emscriptenPackages() : []), ...(purpose === 'all-tests' ? mdbookPackages() : [])] : [];
    const system = onDebian() ? libraryPackages(libraries) : [];
    const sqlite = !sqliteIsThere();
    if (tools.length + folders.length + newer.length + system.length > 0 || sqlite) {
      checkRoom(purpose);
      const parts = [...tools.map((tool) => tool.package), ...(folders.length > 0 ? ['npm packages'] : []), ...[...newer, ...system].map(({ pinned }) => pinned.package), ...(sqlite ? ['sqlite'] : [])];
      step.begin(parts.join(' '));
    }
    // The system has one set of apt lists: the steps that use them run one after the other.
    const fromSystem = async () => {
      if (tools.length > 0) await installPackages(step, tools);
      await unpackPackages(step, undefined, system);
    };
    const fromNpm = async () => {
      for (const each of folders) await installNodeModules(step, each);
      if (sqlite) await unpackSqlite(step);
    };
    await allOf([fromSystem(), fromNpm(), unpackPackages(step, toolchain.pinned.emscripten.suite, newer)]);
    linkLibraries(libraries);
    if (purpose === 'all-tests') configureMdbook();
    recordEmscripten(own ?? configureEmscripten());
  });
}

function noEmscripten() {
  return {
    name: `emcc: Emscripten ${toolchain.emscripten.tested}`,
    get: 'emsdk: https://emscripten.org/docs/getting_started/downloads.html, then source its emsdk_env.sh',
  };
}

/**
 * Waits for all promises even if one rejects, so that none goes on unobserved.
 * @param {Promise<void>[]} promises
 */
async function allOf(promises) {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** @param {Purpose} purpose */
function checkRoom(purpose) {
  const { bavail, bsize } = statfsSync(root);
  const free = (bavail * bsize) / 1e9;
  const needed = roomGigabytes[purpose];
  if (free >= needed) return;
  throw new UserError(`Not enough disk space: this needs up to ${needed} GB, and ${free.toFixed(1)} GB are free at ${root}. Free some space, and run this again.`);
}
