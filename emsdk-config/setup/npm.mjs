import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../steps/user-error.mjs';
import { which } from './process.mjs';

/**
 * Whether node_modules of a folder matches its package-lock.json.
 * @param {string} folder
 */
export function nodeModulesAreThere(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  if (wanted === undefined) {
    throw new UserError('package-lock.json is missing or damaged. Restore it: git checkout package-lock.json');
  }
  // npm writes this file last, so an interrupted installation has none, or that of the previous installation.
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (present === undefined) return false;
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, entry]) => (path in present ? present[path]?.version === entry.version : entry.optional === true));
}

/**
 * @param {import('../steps/steps.mjs').Step} step
 * @param {string} folder
 */
export async function installNodeModules(step, folder) {
  if (which('npm') === undefined) {
    throw new UserError('npm is missing. Install it together with Node.js 20 or newer, and run this again.');
  }
  await step.tool('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, label: 'npm', advice: 'Check that the npm registry is reachable.' });
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(lockfile) {
  if (!existsSync(lockfile)) return undefined;
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
