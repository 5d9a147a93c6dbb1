import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode } from '../../emsdk-config/setup/check-node.mjs';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { Steps } from '../../emsdk-config/steps/steps.mjs';
import { buildAlone } from './build-lock.mjs';
import { isChromiumThere } from '../../tools/chromium-place.mjs';
import { buildSite, dist, siteStepCount } from './site-steps.mjs';

/** Builds the site if it, or the Chromium to open it in, is missing. Progress goes to stderr. */
export async function ensureSite() {
  checkNode();
  if (existsSync(join(dist, 'index.html')) && existsSync(join(root, 'node_modules/puppeteer-core')) && isChromiumThere()) return;
  const steps = new Steps({ root, count: siteStepCount, out: process.stderr });
  await buildAlone(steps, () => buildSite(steps, { quick: true, rarelyNeeded: false }));
}
