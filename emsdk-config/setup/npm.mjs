import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, which } from './process.mjs';
import { SetupError, say } from './report.mjs';

/** Runs `npm ci` unless node_modules is what package-lock.json asks for. */
export function installNodeModules(root) {
  if (upToDate(root)) return;
  if (which('npm') === undefined) {
    throw new SetupError('npm is missing. Install it together with Node.js 20 or newer, and run this again.');
  }
  say('installing the npm packages of package-lock.json');
  run('npm', ['ci', '--no-audit', '--no-fund'], 'See npm\'s message above; is the npm registry reachable?', {
    cwd: root,
  });
}

function upToDate(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (wanted === undefined) {
    throw new SetupError('package-lock.json is missing or damaged. Restore it: git checkout package-lock.json');
  }
  // npm writes this file last, so an interrupted installation has none, or the one before.
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined) return false;
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, entry]) =>
      path in present ? present[path].version === entry.version : entry.optional === true,
    );
}

function packagesOf(lockfile) {
  if (!existsSync(lockfile)) return undefined;
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
