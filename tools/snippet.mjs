import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, textOf } from './any-bytes.mjs';
import { ensureSite } from '../web/build/ensure-site.mjs';
import { main, root, UserError } from './process.mjs';
import { parseArguments } from './snippet-arguments.mjs';
import { StandardInput } from './standard-input.mjs';

const exitCodes = { compileError: 1, failed: 1, timeout: 124, interrupted: 130 };

await main(async () => {
  const { file, json, timeoutMs, stdin, optimisation, clock, seed } = parseArguments(process.argv.slice(2));
  const source = read(file).toString();
  const input = stdin === undefined ? new StandardInput(process.stdin) : textOf(read(stdin));
  await ensureSite();
  // Imported only now: it uses packages that a fresh clone does not have yet.
  const { openPlayground } = await import('./playground.mjs');
  const playground = await openPlayground({ dist: join(root, 'dist') });
  // A program may have its own signal handler, which decides how it ends.
  const interrupt = () => {
    void playground.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const collected = { stdout: '', stderr: '' };
    const report = await playground.run(source, { stdin: input, optimisation, clock, seed, timeoutMs }, (stream, text) => {
      if (json) collected[stream] += text;
      process[stream].write(bytesOf(text));
    });
    const exitCode = exitCodeOf(report);
    // In JSON the warnings are in `diagnostics`.
    const message = messageOf(report) ?? (json ? undefined : warningsOf(report));
    if (message !== undefined) {
      collected.stderr += message;
      process.stderr.write(message);
    }
    if (json) await write(`${JSON.stringify(jsonReport(exitCode, collected, report))}\n`);
    process.exitCode = exitCode;
  } finally {
    if (typeof input !== 'string') input.close();
    await playground.close();
  }
});

/** @typedef {import('./playground.mjs').SnippetReport} SnippetReport */

/** @param {SnippetReport} report */
function exitCodeOf({ outcome, timedOut }) {
  if (timedOut) return exitCodes.timeout;
  switch (outcome.type) {
    case 'complete':
    case 'crash':
      return outcome.exitCode;
    case 'compile-error':
      return exitCodes.compileError;
    case 'timeout':
      return exitCodes.timeout;
    case 'stopped':
    case 'replaced':
      return exitCodes.interrupted;
    case 'failed':
      return exitCodes.failed;
  }
}

/**
 * What goes to stderr after the program's own output.
 * @param {SnippetReport} report
 */
function messageOf({ outcome, compilerText, timedOut }) {
  if (timedOut) return 'The time limit was reached.\n';
  switch (outcome.type) {
    case 'compile-error':
      return compilerText.endsWith('\n') ? compilerText : `${compilerText}\n`;
    case 'crash':
    case 'failed':
      return `${outcome.message}\n`;
    default:
      return undefined;
  }
}

/** @param {SnippetReport} report */
function warningsOf({ diagnostics }) {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  return warnings.map(({ file, range, message }) => `${file}:${range.startLine}:${range.startColumn}: warning: ${message}\n`).join('');
}

/**
 * @param {number} exitCode
 * @param {{ stdout: string, stderr: string }} collected
 * @param {SnippetReport} report
 */
function jsonReport(exitCode, { stdout, stderr }, { diagnostics, timings }) {
  const { compileMs = null, linkMs = null, firstOutputMs = null, totalMs } = timings;
  return { exitCode, stdout, stderr, diagnostics, timings: { compileMs, linkMs, firstOutputMs, totalMs } };
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} text */
function write(text) {
  return new Promise((resolve) => process.stdout.write(text, resolve));
}
