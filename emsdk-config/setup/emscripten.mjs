import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { onDebian } from './debian.mjs';
import { run, tryRead, which } from './process.mjs';
import { SetupError, say } from './report.mjs';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Finds an Emscripten, or unpacks one below `folder`. Returns { root, version }. */
export function provideEmscripten(config, folder, projectRoot) {
  const { emscripten, llvm } = config;
  const onPath = emscriptenOnPath(emscripten);
  if (onPath !== undefined) return onPath;

  if (!onDebian()) {
    throw new SetupError(
      `no emcc ${emscripten.minimum} or newer is on PATH. Install Emscripten ${emscripten.tested} with emsdk ` +
        '(https://emscripten.org/docs/getting_started/downloads.html), source its emsdk_env.sh, and run this again.',
    );
  }
  const unpacked = join(folder, 'emscripten');
  const root = join(unpacked, 'usr/share/emscripten');
  if (!accepted(versionOf(root), emscripten)) unpack(emscripten, folder, unpacked);
  configure(root, llvm, folder, projectRoot);
  return { root, version: versionOf(root) };
}

function emscriptenOnPath(wanted) {
  const emcc = which('emcc');
  if (emcc === undefined) return undefined;
  const root = dirname(realpathSync(emcc));
  const version = versionOf(root);
  if (accepted(version, wanted)) return { root, version };
  say(`${emcc} is version ${version ?? 'unknown'}, not ${wanted.minimum} to ${wanted.below}: not used`);
  return undefined;
}

function versionOf(root) {
  const file = join(root, 'emscripten-version.txt');
  if (!existsSync(file)) return undefined;
  return /\d+\.\d+\.\d+/.exec(readFileSync(file, 'utf8'))?.[0];
}

function accepted(version, wanted) {
  return (
    version !== undefined && compare(version, wanted.minimum) >= 0 && compare(version, wanted.below) < 0
  );
}

function compare(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; ++i) {
    if (left[i] !== right[i]) return left[i] - right[i];
  }
  return 0;
}

/** Debian's package of a newer suite, unpacked without touching the system's own packages. */
function unpack(wanted, folder, target) {
  const work = join(folder, 'unpacking');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });

  const apt = privateApt(wanted.debianSuite, work);
  say(`downloading Emscripten: the package ${wanted.debianPackage} of Debian ${wanted.debianSuite}`);
  const advice = 'See apt-get\'s message above; is the machine\'s Debian mirror reachable?';
  run('apt-get', ['-q', 'update'], advice, apt);
  run('apt-get', ['-q', 'download', wanted.debianPackage], advice, apt);

  const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
  const fresh = join(work, 'files');
  run('dpkg', ['-x', join(work, archive), fresh], 'Is the disk full?');

  const version = versionOf(join(fresh, 'usr/share/emscripten'));
  if (!accepted(version, wanted)) {
    throw new SetupError(
      `Debian ${wanted.debianSuite} has Emscripten ${version ?? '(no version found)'} now, and this project ` +
        `needs ${wanted.minimum} to ${wanted.below} (tested: ${wanted.tested}). Install ${wanted.tested} with ` +
        'emsdk (https://emscripten.org/docs/getting_started/downloads.html), put it on PATH, and run this again.',
    );
  }
  if (version !== wanted.tested) say(`got Emscripten ${version}; ${wanted.tested} is the version tested`);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  rmSync(work, { recursive: true, force: true });
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

function configure(root, llvm, folder, projectRoot) {
  const lines = {
    LLVM_ROOT: llvm.debianRoot,
    BINARYEN_ROOT: join(projectRoot, 'node_modules/binaryen'),
    NODE_JS: process.execPath,
    CACHE: join(folder, 'emscripten-cache'),
  };
  const text = Object.entries(lines)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join('');
  const file = join(root, '.emscripten');
  const modules = join(root, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const name of ['acorn', 'acorn-import-phases']) {
    const link = join(modules, name);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(join(projectRoot, 'node_modules', name), link);
  }
  // Its .js files are CommonJS, whatever the package.json of a folder above says.
  const nearest = join(root, 'package.json');
  if (!existsSync(nearest)) writeFileSync(nearest, '{}\n');
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
