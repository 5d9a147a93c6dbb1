import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../../examples', import.meta.url));
export const recordFile = join(folder, 'python-checked.json');
const pyodide = fileURLToPath(new URL('pyodide.mjs', import.meta.url));

const LIMIT_MS = 30_000;
const OLDEST = '3.11';

/**
 * How the Python file of an example relates to it, from chapters.json.
 * @typedef {{ none?: string, since?: string, needs?: string, differs?: string }} PythonNote
 * @typedef {{ name: string, teaches: string, python?: PythonNote }} ListedExample
 * @typedef {{ id: string, title: string, examples: ListedExample[] }} Chapter
 */

/** @returns {Chapter[]} */
export function readChapters() {
  return JSON.parse(readFileSync(join(folder, 'chapters.json'), 'utf8'));
}

/** The examples whose Python can be run here, and the expected output of each. */
export function runnable() {
  return readChapters()
    .flatMap(({ examples }) => examples)
    .filter(({ python }) => python?.none === undefined && python?.needs === undefined)
    .map(({ name, python }) => ({ name, since: python?.since ?? OLDEST, expected: expectedOf(name) }));
}

/** @param {string} name */
function expectedOf(name) {
  const own = join(folder, `${name}.py.out`);
  return readFileSync(existsSync(own) ? own : join(folder, `${name}.out`), 'utf8');
}

/**
 * The inputs of a check: it is valid until one of them changes.
 * @param {string} name
 */
export function fingerprint(name) {
  const hash = createHash('sha256');
  const input = join(folder, `${name}.in`);
  for (const text of [readFileSync(join(folder, `${name}.py`)), existsSync(input) ? readFileSync(input) : '', expectedOf(name)]) {
    hash.update(text).update('\0');
  }
  return hash.digest('hex');
}

const version = spawnSync('python3', ['-c', 'import sys; print(*sys.version_info[:2], sep=".")'], { encoding: 'utf8' });
/** The version of the python3 on this machine. */
export const pythonVersion = version.status === 0 ? version.stdout.trim() : undefined;

/**
 * The command that can run a program which needs this version. Pyodide is a CPython in WebAssembly, without
 * threads, sockets and signals; it is used for a version that is newer than the installed one.
 * @param {string} since
 */
export function commandFor(since) {
  if (pythonVersion !== undefined && minor(pythonVersion) >= minor(since)) return ['python3'];
  return since === OLDEST ? undefined : [process.execPath, pyodide];
}

/** @param {string} of3 */
function minor(of3) {
  return Number(of3.split('.')[1]);
}

/**
 * @param {string[]} command
 * @param {string} name
 * @returns {Promise<{ exitCode: number | null, stdout: string, stderr: string }>}
 */
export async function runPython([program, ...args], name) {
  const input = join(folder, `${name}.in`);
  const home = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program ?? '', [...args, join(folder, `${name}.py`)], {
        cwd: home,
        timeout: LIMIT_MS,
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
      });
      const output = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text));
      child.stdin.on('error', () => undefined); // a program may leave its input unread
      child.stdin.end(existsSync(input) ? readFileSync(input) : '');
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, ...output }));
    });
  } finally {
    rmSync(home, { recursive: true });
  }
}
