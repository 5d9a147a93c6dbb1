// @ts-check
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A failure that the user can do something about: printed without a stack trace. */
export class UserError extends Error {}

/**
 * Runs a command whose output the user sees.
 * @param {string} command
 * @param {string[]} args
 * @param {string} advice what to do when it fails
 */
export async function run(command, args, advice) {
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', (error) => reject(new UserError(`${command} could not be started: ${error.message}\n${advice}`)));
    child.on('close', resolve);
  });
  if (code !== 0) throw new UserError(`this failed: ${[command, ...args].join(' ')}\n${advice}`);
}

/**
 * Runs a command line tool's main function; a UserError becomes a sentence and exit code 1.
 * @param {() => Promise<void>} action
 */
export async function main(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
