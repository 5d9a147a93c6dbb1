/**
 * `npm run lint:cpp`: clang-format over the project's C++, and clang-tidy over the runtime with all of its headers.
 * With `-- tests`, or any other path prefix, clang-tidy checks the files there instead.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Only configured, never built for this: the one preset whose commands name no precompiled header.
const preset = 'native-coverage';
const database = join(root, 'build', preset);
// Not part of any build, as it has nothing to run; checked as strictly as the runtime.
const headers = join(root, 'tests/lint/headers.cpp');

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} chosen */
async function main(chosen) {
  const formatted = isFormatted();
  if (spawnSync('cmake', ['--preset', preset], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) {
    console.error('CMake failed: see above');
    return 1;
  }
  const files = chosen.length === 0 ? [...compiled(['runtime/']), headers] : compiled(chosen);
  if (files.length === 0) {
    console.error(`the native build compiles nothing that starts with ${chosen.join(' or ')}`);
    return 1;
  }
  const flawed = await tidy(files);
  console.log(`clang-tidy: ${files.length - flawed} of ${files.length} files are clean`);
  return formatted && flawed === 0 ? 0 : 1;
}

/** Whether clang-format would leave the C++ in git unchanged. */
function isFormatted() {
  // Examples, including those of the guide and the recipes, are formatted by hand, for their readers.
  const { stdout } = spawnSync('git', ['ls-files', '-z', '*.cpp', '*.hpp', ':!examples', ':!web/docs', ':!tests/recipes'], { cwd: root, encoding: 'utf8' });
  const files = stdout.split('\0').filter((path) => path !== '');
  const { status, error } = spawnSync('clang-format-22', ['--dry-run', '-Werror', ...files], { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`clang-format-22 could not be started: ${error.message}`);
  if (status !== 0) console.error('Format the files named above with: clang-format-22 -i FILE');
  else console.log(`clang-format: ${files.length} files are formatted`);
  return status === 0;
}

/**
 * The project's own sources in the native build, below these paths.
 * @param {string[]} starts
 */
function compiled(starts) {
  /** @type {{ file: string }[]} */
  const entries = JSON.parse(readFileSync(join(database, 'compile_commands.json'), 'utf8'));
  const own = entries.map(({ file }) => relative(root, file)).filter((file) => starts.some((start) => file.startsWith(start)));
  return [...new Set(own)].sort().map((file) => join(root, file));
}

/**
 * The number of files for which clang-tidy reports something.
 * @param {string[]} files
 */
async function tidy(files) {
  const queue = [...files];
  let flawed = 0;
  const work = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const { code, text } = await tidyOne(file);
      if (code === 0) continue;
      flawed++;
      process.stdout.write(`\n${relative(root, file)}:\n${text}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return flawed;
}

/**
 * @param {string} file
 * @returns {Promise<{ code: number | null, text: string }>}
 */
function tidyOne(file) {
  const config = file === headers ? ['--config-file', join(root, '.clang-tidy')] : [];
  return new Promise((resolvePromise, reject) => {
    const child = spawn('clang-tidy-22', ['-p', database, '--quiet', ...config, file], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    // stderr has the number of suppressed warnings, but also errors of the invocation itself.
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    child.on('error', (error) => reject(new Error(`clang-tidy-22 could not be started: ${error.message}`)));
    child.on('close', (code) => resolvePromise({ code, text: text === '' ? said : text }));
  });
}
