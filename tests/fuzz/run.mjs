/**
 * `npm run fuzz -- [SECONDS]`: builds the libFuzzer target and runs it, by default for a minute. The inputs that it
 * finds are kept in build/fuzz/found, from which the next run continues; an input that breaks an invariant is
 * written to build/fuzz and its path printed. Exits non-zero when it found one.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const seconds = Number(process.argv[2] ?? 60);

if (process.argv.length > 3 || !Number.isInteger(seconds) || seconds < 1) {
  console.error('usage: npm run fuzz -- [SECONDS]');
  process.exitCode = 2;
} else if (!build()) {
  console.error('The fuzzer could not be built: see above.');
  process.exitCode = 2;
} else {
  process.exitCode = await fuzz();
}

function build() {
  return [
    [process.execPath, 'emsdk-config/setup.mjs'],
    ['cmake', '--preset', 'native-fuzz'],
    ['cmake', '--build', '--preset', 'native-fuzz', '--target', 'fuzz'],
  ].every(([command = '', ...args]) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0);
}

/** @returns {Promise<number>} */
function fuzz() {
  const found = join(root, 'build/fuzz/found');
  mkdirSync(found, { recursive: true });
  const limits = [`-max_total_time=${seconds}`, '-timeout=10', '-max_len=16384'];
  const child = spawn(
    join(root, 'build/native-fuzz/tests/fuzz/fuzz'),
    [found, join(root, 'tests/fuzz/corpus'), ...limits, '-print_final_stats=1', `-artifact_prefix=${root}build/fuzz/`],
    { cwd: root, stdio: 'inherit' },
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
