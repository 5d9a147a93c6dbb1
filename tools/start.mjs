/**
 * `npm start`: installs and builds what is missing, then serves the playground and prints its URL.
 *   --isolated   serves it so that programs have real threads, for which it builds another main module first
 *   --once       opens the page in headless Chromium, checks the output of its first program, and exits
 */
import { checkNode } from '../emsdk-config/setup/check-node.mjs';
import { root } from '../emsdk-config/setup/toolchain.mjs';
import { main } from '../emsdk-config/steps/main.mjs';
import { Steps } from '../emsdk-config/steps/steps.mjs';
import { UserError } from '../emsdk-config/steps/user-error.mjs';

await main(async () => {
  checkNode();
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== '--isolated' && arg !== '--once')) throw new UserError('usage: npm start [-- --isolated --once]');
  const isolated = args.includes('--isolated');
  const { buildAlone } = await import('../web/build/build-lock.mjs');
  const { addRarelyNeeded, buildSite, siteStepCount, rarelyNeededStepCount } = await import('../web/build/site-steps.mjs');

  const steps = new Steps({ root, count: siteStepCount + (isolated ? rarelyNeededStepCount : 0) });
  await buildAlone(steps, () => buildSite(steps, { quick: true, rarelyNeeded: isolated }));
  const { servePlayground } = await import('./serve.mjs');
  const site = await servePlayground({ isolated });
  if (args.includes('--once')) {
    const { seeStarter } = await import('./see-starter.mjs');
    await seeStarter(site.url, (text) => steps.say(text));
    await site.close();
    return;
  }
  steps.say('Press Ctrl+C to stop.');
  if (isolated) return;
  const later = new Steps({ root, count: rarelyNeededStepCount, out: steps.out });
  await buildAlone(later, () => addRarelyNeeded(later)).catch((error) => {
    if (!(error instanceof UserError)) throw error;
    // The page is still served.
    console.error(`Programs cannot have real threads or databases in this page:\n${error.message}`);
  });
});
