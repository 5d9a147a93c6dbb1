/**
 * `npm test`: sets up and builds what is missing, runs the tests that every change needs, and ends with `N passed, N failed`.
 * `npm run test:all` (`--all`) also runs those that take minutes and find little; tests/run/plan.mjs lists them.
 */
import { checkNode } from '../emsdk-config/setup/check-node.mjs';
import { setUp } from '../emsdk-config/setup/set-up.mjs';
import { root } from '../emsdk-config/setup/toolchain.mjs';
import { main } from '../emsdk-config/steps/main.mjs';
import { Steps } from '../emsdk-config/steps/steps.mjs';
import { UserError } from '../emsdk-config/steps/user-error.mjs';
import { buildAlone } from '../web/build/build-lock.mjs';
import { buildSite, siteStepCount, rarelyNeededStepCount } from '../web/build/site-steps.mjs';
import { buildGuide, guideStepCount } from '../web/docs/guide-steps.mjs';
import { passedBefore, recordTally } from './run/passed-before.mjs';
import { plan } from './run/plan.mjs';
import { reportTests } from './run/report.mjs';

/** @param {import('./run/tally.mjs').Tally} tally */
function outcomeOf({ passed, failed, before = 0 }) {
  const counts = `${passed} passed, ${failed} failed,`;
  return before === 0 ? counts : `${counts} of which ${before} passed before with the same files,`;
}

await main(async () => {
  checkNode();
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== '--all')) throw new UserError('usage: npm test   or   npm run test:all');
  const all = args.includes('--all');
  // Read by the tests that have more cases then: tests/browser/sample.ts.
  if (all) process.env['ASYNCIO_TESTS'] = 'all';
  const tests = plan(all);
  const steps = new Steps({ root, count: 1 + siteStepCount + rarelyNeededStepCount + guideStepCount + tests.length });

  // Whatever goes wrong here, the last line reports that no test has passed.
  await buildAlone(steps, async () => {
    await setUp(steps, all ? 'all-tests' : 'tests');
    await buildSite(steps, { quick: true, rarelyNeeded: true });
    await buildGuide(steps, { base: '/' });
  }).catch((error) => {
    steps.say('0 passed, 1 failed');
    throw error;
  });

  const tallies = [];
  for (const { title, inputs, run } of tests) {
    const tally = await steps.run(title, async (step) => {
      step.begin();
      const known = inputs === undefined ? undefined : passedBefore(title, inputs);
      /** @type {import('./run/tally.mjs').Tally} */
      const counts = known ?? (await run(step).catch((error) => ({ name: title, passed: 0, failed: 1, problem: String(error) })));
      if (inputs !== undefined && known === undefined) recordTally(title, inputs, counts);
      step.outcome = outcomeOf({ ...counts, before: known?.passed ?? counts.before ?? 0 });
      return { ...counts, name: title, logs: step.logs };
    });
    tallies.push(tally);
  }
  process.exitCode = reportTests(tallies, (text) => steps.say(text)) ? 0 : 1;
});
