import { join } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { locked } from '../../emsdk-config/steps/lock.mjs';

/**
 * Runs a build when no other process builds in this folder.
 * @template T
 * @param {import('../../emsdk-config/steps/steps.mjs').Steps} steps
 * @param {() => Promise<T>} action
 */
export function buildAlone(steps, action) {
  const wait = (/** @type {number} */ pid) => steps.say(`Another build is running in this folder (process ${pid}): waiting for it.`);
  return locked(join(root, 'build/lock'), wait, action);
}
