import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './report.mjs';

/** The full path of a command on PATH, or undefined. */
export function which(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Runs a command and returns its output; undefined when it fails. */
export function tryRead(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  return result.status === 0 ? result.stdout : undefined;
}

/** Runs a command whose output the user sees; says whether it succeeded. */
export function succeeds(command, args, options = {}) {
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status === 0;
}

/** Runs a command whose output the user sees. `advice` is what to do when it fails. */
export function run(command, args, advice, options = {}) {
  if (!succeeds(command, args, options)) {
    throw new SetupError(`this failed: ${[command, ...args].join(' ')}\n${advice}`);
  }
}
