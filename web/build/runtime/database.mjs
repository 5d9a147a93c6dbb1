import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../compiler/paths.mjs';
import { isStamped } from '../compiler/stamp.mjs';
import { publishFile, versionOf } from './published-later.mjs';

/** The page's PostgreSQL, which a program fetches with its first connection. */

const entry = 'web/program/worker/database/database-worker.ts';
const pglite = join(root, 'node_modules/@electric-sql/pglite');
const built = join(root, 'build/database');
const stamp = join(built, 'stamp');

/** Where each of its files comes from. */
const files = new Map([
  ['database-worker.js', join(built, 'database-worker.js')],
  ...['pglite.wasm', 'pglite.data', 'initdb.wasm'].map((name) => /** @type {const} */ ([name, join(pglite, 'dist', name)])),
]);

/** The name of their folder in a site. */
export function databaseFolder() {
  return `database-${databaseVersion().slice(0, 12)}`;
}

/** Its files in a site. */
export function databaseFiles() {
  return [...files.keys()].map((name) => `${databaseFolder()}/${name}`);
}

export function isDatabaseBuilt() {
  return isStamped(stamp, databaseVersion());
}

/** Joins the worker and PGlite to one classic script: the sandbox frame cannot load scripts of the page. */
export async function buildDatabase() {
  // Not at the start: this module is loaded before the npm packages are installed.
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [withoutAddresses],
    build: { write: false, target: 'es2023', lib: { entry: join(root, entry), formats: ['iife'], name: 'database' } },
  });
  const [output] = [result].flat();
  if (output === undefined || !('output' in output)) throw new Error(`${entry} produced no bundle`);
  mkdirSync(built, { recursive: true });
  writeFileSync(join(built, 'database-worker.js'), output.output[0].code);
  writeFileSync(stamp, databaseVersion());
}

/**
 * Copies it into a site if it is built.
 * @param {string} site
 */
export function publishDatabase(site) {
  if (!isDatabaseBuilt()) return;
  for (const [name, from] of files) publishFile(from, join(site, databaseFolder(), name));
}

/**
 * PGlite names its files by URLs beside its script, which Vite would put into the script. The worker is given them.
 * @type {import('vite').Plugin}
 */
const withoutAddresses = {
  name: 'without-addresses',
  enforce: 'pre',
  transform(code, id) {
    return id.includes('/@electric-sql/pglite/') ? code.replaceAll('import.meta.url', '"https://none.invalid/"') : undefined;
  },
};

function databaseVersion() {
  const { version } = JSON.parse(readFileSync(join(pglite, 'package.json'), 'utf8'));
  return versionOf(['web/program/worker/database', 'web/build/runtime/database.mjs'], version);
}
