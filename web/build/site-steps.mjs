/** The steps from the sources to dist/, the static site. Each does only what is missing. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setUp } from '../../emsdk-config/setup/set-up.mjs';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { buildDatabase, databaseFiles, isDatabaseBuilt, publishDatabase } from './runtime/database.mjs';
import { areLibrariesBuilt, libraryFiles, libraryTargets, markLibrariesBuilt, publishLibraries } from './runtime/libraries.mjs';
import { isThreadedRuntimeBuilt, markThreadedRuntimeBuilt, publishThreadedRuntime, threadedFiles } from './runtime/threaded-runtime.mjs';
import { siteFingerprint } from './site-fingerprint.mjs';

/**
 * @typedef {import('../../emsdk-config/steps/steps.mjs').Steps} Steps
 * @typedef {import('../../emsdk-config/steps/steps.mjs').Step} Step
 */

export const dist = join(root, 'dist');
const stamp = join(root, 'build/site.stamp');
const fresh = join(root, 'build/dist-new');

const advice = 'If the error persists, remove the folder build and run this again.';
/** Only the tool itself knows whether there is work to do. */
const mayFindNothing = { advice, quiet: true };

/** Number of steps of buildSite(), without and with what few need. */
export const siteStepCount = 7;
export const rarelyNeededStepCount = 4;

/**
 * `quick` compresses with less effort, which is enough for local use. `rarelyNeeded`: the database, the libraries and
 * the main module with threads as well, which can be built afterwards.
 * @param {Steps} steps
 * @param {{ quick: boolean, rarelyNeeded: boolean }} options
 */
export async function buildSite(steps, { quick, rarelyNeeded }) {
  if (!existsSync(join(root, 'build/compiler/stamp'))) sayHowLong(steps);
  await setUp(steps, 'site');
  await steps.run("the page's compiler", (step) => step.node('web/build/compiler/build.mjs', [], mayFindNothing));
  await steps.run('the C library', (step) => step.node('web/build/runtime/system-libraries.mjs', [], mayFindNothing));
  await steps.run('the C++ runtime', (step) => buildMainModule(step, 'wasm'));
  if (rarelyNeeded) await buildRarelyNeeded(steps);
  await steps.run('the examples', (step) => step.node('web/build/prepared/prepare-examples.mjs', [], mayFindNothing));

  const wanted = siteFingerprint();
  const present = existsSync(join(dist, 'index.html')) && existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  const upToDate = present === `${wanted} best` || (quick && present === `${wanted} quick`);
  await steps.run('the page', async (step) => {
    if (!upToDate) await step.node('web/build/make-page.mjs', [fresh], { advice });
  });
  await steps.run('compression', async (step) => {
    if (upToDate) return;
    await step.node('web/build/precompress.mjs', [fresh, ...(quick ? ['--quick'] : [])], { advice });
    // Atomically: anyone who opens the page meanwhile gets either the old one or the new one.
    rmSync(stamp, { force: true });
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
    writeFileSync(stamp, `${wanted} ${quick ? 'quick' : 'best'}`);
  });
  if (rarelyNeeded) addRarelyNeededToSite();
}

/** @param {Steps} steps */
async function buildRarelyNeeded(steps) {
  await steps.run('the database', async (step) => {
    if (isDatabaseBuilt()) return;
    step.begin();
    await buildDatabase();
  });
  await steps.run('the libraries', (step) => buildLibraries(step, 'wasm'));
  await steps.run('the C library with threads', async (step) => {
    if (!isThreadedRuntimeBuilt()) await step.node('web/build/runtime/system-libraries.mjs', ['--threads'], mayFindNothing);
  });
  await steps.run('the C++ runtime with threads', async (step) => {
    if (!isThreadedRuntimeBuilt()) {
      step.begin();
      await step.node('web/build/compiler/build.mjs', ['--threads'], { advice });
      await buildMainModule(step, 'wasm-threads');
      markThreadedRuntimeBuilt();
    }
    await buildLibraries(step, 'wasm-threads');
  });
}

/**
 * Builds the database, the libraries and the main module with threads, and copies them into the dist/ that was built without them.
 * @param {Steps} steps
 */
export async function addRarelyNeeded(steps) {
  await buildRarelyNeeded(steps);
  addRarelyNeededToSite();
}

/** A dist/ built earlier does not contain them. */
function addRarelyNeededToSite() {
  const isThere = (/** @type {string} */ file) => existsSync(join(dist, file));
  if (!threadedFiles().every(isThere)) publishThreadedRuntime(dist);
  if (!libraryFiles().every(isThere)) publishLibraries(dist);
  if (!databaseFiles().every(isThere)) publishDatabase(dist);
}

/**
 * @param {Step} step
 * @param {'wasm' | 'wasm-threads'} preset
 */
async function buildLibraries(step, preset) {
  if (areLibrariesBuilt(preset)) return;
  step.begin();
  await step.tool('cmake', ['--preset', preset], { ...mayFindNothing, label: 'configure' });
  await step.tool('cmake', ['--build', '--preset', preset, '--target', ...libraryTargets], { advice });
  markLibrariesBuilt(preset);
}

/**
 * @param {Step} step
 * @param {'wasm' | 'wasm-threads'} preset
 */
async function buildMainModule(step, preset) {
  await step.tool('cmake', ['--preset', preset], { ...mayFindNothing, label: 'configure' });
  await step.tool('cmake', ['--build', '--preset', preset, '--target', 'asyncio_main_module'], mayFindNothing);
}

/** @param {Steps} steps */
function sayHowLong(steps) {
  const cores = availableParallelism();
  const minutes = Math.ceil(1.5 + 6 / Math.min(cores, 8));
  steps.say(`The first time this takes about ${minutes} minutes on ${cores} cores, and downloads up to 500 MB. Logs: build/log.`);
}
