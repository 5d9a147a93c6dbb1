import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../emsdk-config/setup/toolchain.mjs';
import { UserError } from '../emsdk-config/steps/user-error.mjs';
import { openPlayground } from './playground.mjs';

/**
 * Opens the page that is served at `url` in headless Chromium and runs the program that a visitor finds there, first as
 * it is, then edited so that the page has to compile it. Says what it printed; rejects if that is not the expected
 * output.
 * @param {string} url
 * @param {(text: string) => void} say
 */
export async function seeStarter(url, say) {
  const read = (/** @type {string} */ ending) => readFileSync(join(root, `examples/01-hello.${ending}`), 'utf8');
  const source = read('cpp');
  const expected = read('out');
  const playground = await openPlayground({ url });
  try {
    for (const [how, text] of /** @type {const} */ ([['as it stands', source], ['edited', `${source}\n// edited\n`]])) {
      let output = '';
      const started = performance.now();
      const { outcome } = await playground.run(text, { stdin: '', optimisation: '0', clock: 'real', seed: null, timeoutMs: 60_000 }, (_stream, some) => {
        output += some;
      });
      if (outcome.type !== 'complete' || outcome.exitCode !== 0 || output !== expected) {
        throw new UserError(`The page did not run its initial program, ${how}: ${JSON.stringify(outcome)}\n${output}`);
      }
      say(`The page ran its initial program, ${how}, in ${Math.round(performance.now() - started)} ms. It printed:\n${output.replaceAll(/^/gm, '  ').trimEnd()}`);
    }
  } finally {
    await playground.close();
  }
}
