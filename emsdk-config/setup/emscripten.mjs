import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { onDebian } from './debian.mjs';
import { run, which } from './process.mjs';
import { SetupError, say } from './report.mjs';
import { downloadPackages } from './suite.mjs';

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

  say(`downloading Emscripten: the package ${wanted.debianPackage} of Debian ${wanted.debianSuite}`);
  const [archive] = downloadPackages(wanted.debianSuite, [wanted.debianPackage], work);
  const fresh = join(work, 'files');
  run('dpkg', ['-x', archive, fresh], 'Is the disk full?');

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
