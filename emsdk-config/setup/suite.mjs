import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../steps/user-error.mjs';
import { isKnown } from './debian.mjs';
import { tryRead } from './process.mjs';
import { folder } from './toolchain.mjs';

/**
 * @typedef {import('../steps/steps.mjs').Step} Step
 * @typedef {import('./toolchain.mjs').Pinned} Pinned
 */

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * A package to unpack into one folder.
 * @typedef {object} Unpacked
 * @property {string} target
 * @property {Pinned} pinned
 * @property {string[]} [companions] further packages that it needs
 */

/**
 * Unpacks Debian packages of one suite into folders of the project, so that the system's own packages stay unchanged.
 * An interrupted unpacking starts again from the beginning.
 * @param {Step} step
 * @param {string | undefined} suite undefined for the system's own
 * @param {Unpacked[]} wanted
 */
export async function unpackPackages(step, suite, wanted) {
  if (wanted.length === 0) return;
  const work = join(folder, `unpacking-${suite ?? 'system'}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const archives = await download(step, suite, wanted.flatMap(({ pinned, companions = [] }) => [pinned.package, ...companions]), work);
  for (const { target, pinned, companions = [] } of wanted) {
    const fresh = join(work, basename(target));
    for (const name of [pinned.package, ...companions]) {
      const archive = archives.find((path) => basename(path).startsWith(`${name}_`));
      if (archive === undefined) throw new UserError(`apt-get did not download the package ${name}.`);
      if (name === pinned.package) checkArchive(step, archive, pinned);
      await step.tool('dpkg', ['-x', archive, fresh], { label: 'unpack', advice: 'Check the free disk space.' });
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  }
  rmSync(work, { recursive: true, force: true });
}

/**
 * @param {Step} step
 * @param {string | undefined} suite
 * @param {string[]} packages
 * @param {string} work
 */
async function download(step, suite, packages, work) {
  // The system's own lists may be missing or may lack the package, and only root could update them.
  const known = suite === undefined && packages.every(isKnown);
  const apt = known ? { cwd: work } : privateApt(suite, work);
  const needs = { ...apt, label: `apt-${suite ?? 'system'}`, advice: "Check that the machine's Debian mirror is reachable." };
  if (!known) await step.tool('apt-get', ['-q', 'update'], needs);
  await step.tool('apt-get', ['-q', 'download', ...packages], needs);
  return readdirSync(work)
    .filter((file) => file.endsWith('.deb'))
    .map((file) => join(work, file));
}

/**
 * A version other than the tested one is used with a warning; different content under the same version is refused.
 * @param {Step} step
 * @param {string} archive
 * @param {Pinned} pinned
 */
export function checkArchive(step, archive, pinned) {
  const [name, version = '', architecture = ''] = basename(archive, '.deb').split('_').map(decodeURIComponent);
  if (version !== pinned.version) {
    step.warn(`the package ${name} is version ${version} now; the tested version is ${pinned.version}`);
    return;
  }
  const wanted = pinned.sha256[architecture];
  const found = createHash('sha256').update(readFileSync(archive)).digest('hex');
  if (wanted === undefined) step.warn(`the package ${name} was not tested on ${architecture}`);
  else if (wanted !== found) {
    throw new UserError(
      `The downloaded ${name} ${version} does not match the tested one: its SHA-256 is ${found}, not ${wanted}.\n` +
        'Run this again; if the error persists, do not trust the mirror.',
    );
  }
}

/**
 * Options to run apt-get with separate lists and a separate cache, and with a separate source for a suite other than
 * the system's.
 * @param {string | undefined} suite
 * @param {string} work
 */
function privateApt(suite, work) {
  const sources = join(work, 'sources.list');
  const settings = join(work, 'apt.conf');
  for (const name of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, name), { recursive: true });
  const signedBy = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
  if (suite !== undefined) writeFileSync(sources, `deb ${signedBy}${debianMirror()} ${suite} main\n`);
  const lines = [
    ...(suite === undefined ? [] : [`Dir::Etc::sourcelist "${sources}";`, 'Dir::Etc::sourceparts "-";']),
    `Dir::State::lists "${join(work, 'lists')}";`,
    `Dir::Cache "${join(work, 'cache')}";`,
    'APT::Sandbox::User "";',
    'Acquire::Languages "none";',
  ];
  writeFileSync(settings, lines.join('\n'));
  return { cwd: work, env: { ...process.env, APT_CONFIG: settings } };
}

function debianMirror() {
  const lines = tryRead('apt-get', ['indextargets', '--format', '$(SITE) $(RELEASE) $(COMPONENT)']) ?? '';
  const mirror = lines
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, release = '', component]) => component === 'main' && !release.includes('security'));
  if (mirror === undefined) {
    throw new UserError(
      'apt lists no Debian mirror (apt-get indextargets printed none). Add one to /etc/apt/sources.list, ' +
        'run apt-get update, and run this again; or put an emcc 6 from emsdk on PATH.',
    );
  }
  return mirror[0];
}
