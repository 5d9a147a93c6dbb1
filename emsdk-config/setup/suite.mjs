import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tryRead } from './process.mjs';
import { SetupError } from './report.mjs';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Downloads packages of another suite than the system's, which learns nothing of it. Gives the paths of the archives,
 * in the empty folder `work`.
 */
export function downloadPackages(suite, packages, work) {
  const apt = privateApt(suite, work);
  const advice = 'See apt-get\'s message above; is the machine\'s Debian mirror reachable?';
  run('apt-get', ['-q', 'update'], advice, apt);
  run('apt-get', ['-q', 'download', ...packages], advice, apt);
  return readdirSync(work)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(work, name));
}

/** Options to run apt-get with sources, lists and cache of its own. */
function privateApt(suite, work) {
  const sources = join(work, 'sources.list');
  const settings = join(work, 'apt.conf');
  for (const name of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, name), { recursive: true });
  const signedBy = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : '';
  writeFileSync(sources, `deb ${signedBy}${debianMirror()} ${suite} main\n`);
  writeFileSync(
    settings,
    [
      `Dir::Etc::sourcelist "${sources}";`,
      'Dir::Etc::sourceparts "-";',
      `Dir::State::lists "${join(work, 'lists')}";`,
      `Dir::Cache "${join(work, 'cache')}";`,
      'APT::Sandbox::User "";',
      'Acquire::Languages "none";',
    ].join('\n'),
  );
  return { cwd: work, env: { ...process.env, APT_CONFIG: settings } };
}

function debianMirror() {
  const lines = tryRead('apt-get', ['indextargets', '--format', '$(SITE) $(RELEASE) $(COMPONENT)']) ?? '';
  const mirrors = lines
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, release, component]) => component === 'main' && !release.includes('security'))
    .map(([site]) => site);
  if (mirrors.length === 0) {
    throw new SetupError(
      'apt names no Debian mirror (apt-get indextargets printed none). Add one to /etc/apt/sources.list, ' +
        'run apt-get update, and run this again; or put an emcc 6 from emsdk on PATH.',
    );
  }
  return mirrors[0];
}
