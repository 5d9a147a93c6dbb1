/**
 * `npm run docs`: the guide as a static site in build/docs, with the playground in a folder of it. Builds its
 * dependencies first.
 *   --base /PATH/   the path under which it will be served
 *   --serve         serves it afterwards, on this machine only
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode } from '../../emsdk-config/setup/check-node.mjs';
import { Steps } from '../../emsdk-config/steps/steps.mjs';
import { buildAlone } from '../build/build-lock.mjs';
import { main, root, UserError } from '../../tools/process.mjs';
import { buildSite, siteStepCount, rarelyNeededStepCount } from '../build/site-steps.mjs';
import { buildGuide, guideStepCount } from './guide-steps.mjs';

await main(async () => {
  checkNode();
  const { base, serve } = readArguments();
  const steps = new Steps({ root, count: siteStepCount + rarelyNeededStepCount + guideStepCount });
  await buildAlone(steps, async () => {
    await buildSite(steps, { quick: true, rarelyNeeded: true });
    await buildGuide(steps, { base });
  });
  steps.say('build/docs is ready.');
  if (!serve) return;
  const { serveSite } = await import('../../tools/site-server.mjs');
  const site = await serveSite({ root: join(root, 'build/docs'), base, port: Number(process.env['PORT'] ?? 8081) });
  steps.say(`\nThe guide is at ${site.url}\nPress Ctrl+C to stop.`);
});

function readArguments() {
  try {
    const { values } = parseArgs({ options: { base: { type: 'string', default: '/' }, serve: { type: 'boolean', default: false } } });
    if (!/^\/(?:.*\/)?$/.test(values.base)) throw new Error(`--base must begin and end with a slash: ${values.base}`);
    return values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\nusage: npm run docs [-- --base /PATH/ --serve]`);
  }
}
