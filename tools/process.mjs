import { spawn } from 'node:child_process';
import { root } from '../emsdk-config/setup/toolchain.mjs';
import { UserError } from '../emsdk-config/steps/user-error.mjs';

export { root, UserError };
export { main } from '../emsdk-config/steps/main.mjs';

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
  if (code !== 0) throw new UserError(`command failed: ${[command, ...args].join(' ')}\n${advice}`);
}
