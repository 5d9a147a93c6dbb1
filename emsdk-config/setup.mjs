#!/usr/bin/env node
/**
 * `npm run setup`: installs the toolchain. Does only what is missing. `-- --for site` leaves out what only the tests
 * need, `-- --for all-tests` adds what only `npm run test:all` needs.
 */
import { join } from 'node:path';
import { checkNode } from './setup/check-node.mjs';
import { setUp } from './setup/set-up.mjs';
import { root, toolchain } from './setup/toolchain.mjs';
import { locked } from './steps/lock.mjs';
import { main } from './steps/main.mjs';
import { Steps } from './steps/steps.mjs';
import { UserError } from './steps/user-error.mjs';

await main(async () => {
  checkNode();
  const purpose = purposeOf(process.argv.slice(2));
  const steps = new Steps({ root, count: 1 });
  await locked(join(root, 'build/lock'), (pid) => steps.say(`Another build is running here (process ${pid}): waiting for it.`), () => setUp(steps, purpose));
  steps.say(`The tools are installed: Emscripten ${toolchain.emscripten.tested} and the others listed in emsdk-config/toolchain.json.`);
});

/**
 * @param {string[]} args
 * @returns {import('./setup/toolchain.mjs').Purpose}
 */
function purposeOf(args) {
  const [option, purpose = ''] = args.length === 0 ? ['--for', 'tests'] : args;
  if (option !== '--for' || args.length > 2 || !['site', 'tests', 'all-tests'].includes(purpose)) {
    throw new UserError('usage: node emsdk-config/setup.mjs [--for site|tests|all-tests]');
  }
  return /** @type {import('./setup/toolchain.mjs').Purpose} */ (purpose);
}
