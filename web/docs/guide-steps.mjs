import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { filesBelow } from '../../emsdk-config/steps/files-below.mjs';

/** The number of steps of buildGuide(). */
export const guideStepCount = 2;

const stamp = join(root, 'build/guide.stamp');

/**
 * Builds the guide as a static site in build/docs from an existing dist/. Does nothing if nothing has changed.
 * @param {import('../../emsdk-config/steps/steps.mjs').Steps} steps
 * @param {{ base: string }} options
 */
export async function buildGuide(steps, { base }) {
  const env = { ...process.env, ASYNCIO_DOCS_BASE: base };
  const wanted = fingerprint(base);
  const upToDate = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  await steps.run('the guide', async (step) => {
    if (upToDate) return;
    rmSync(stamp, { force: true });
    await step.node('node_modules/vitepress/bin/vitepress.js', ['build', 'web/docs'], { env, advice: 'The message names the page.' });
  });
  await steps.run("the guide's programs", async (step) => {
    if (upToDate) return;
    await step.node('web/docs/finish-guide.mjs', [], { advice: 'Each program of the guide must compile without warnings.' });
    writeFileSync(stamp, wanted);
  });
}

/**
 * The fingerprint of all inputs of the guide.
 * @param {string} base
 */
function fingerprint(base) {
  const hash = createHash('sha256').update(base).update(readFileSync(join(root, 'build/site.stamp')));
  const folders = ['web/docs', 'web/embed', 'examples', 'docs'];
  for (const folder of folders) {
    const files = filesBelow(join(root, folder)).filter((path) => !/[/\\](?:reference|\.temp|cache)[/\\]/.test(path));
    for (const path of files) hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest('hex');
}
