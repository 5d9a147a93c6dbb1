/**
 * `npm run build`: builds dist/, the static site. Installs the toolchain first and does only what is missing.
 * --quick compresses the largest files less, in seconds instead of minutes: good enough for local use.
 */
import { checkNode } from '../emsdk-config/setup/check-node.mjs';
import { root } from '../emsdk-config/setup/toolchain.mjs';
import { main } from '../emsdk-config/steps/main.mjs';
import { Steps } from '../emsdk-config/steps/steps.mjs';
import { UserError } from '../emsdk-config/steps/user-error.mjs';

await main(async () => {
  checkNode();
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== '--quick')) throw new UserError('usage: npm run build [-- --quick]');
  const { buildAlone } = await import('../web/build/build-lock.mjs');
  const { buildSite, siteStepCount, rarelyNeededStepCount } = await import('../web/build/site-steps.mjs');
  const steps = new Steps({ root, count: siteStepCount + rarelyNeededStepCount });
  await buildAlone(steps, () => buildSite(steps, { quick: args.includes('--quick'), rarelyNeeded: true }));
  steps.say('dist/ is ready.');
});
