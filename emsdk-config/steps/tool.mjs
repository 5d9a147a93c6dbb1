import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/**
 * @typedef {object} ToolOptions
 * @property {string} log the file to which its output is appended
 * @property {(counter: { done: number, all: number }) => void} [onProgress] called for lines that begin like ninja's:
 * `[3/40]`
 * @property {(text: string) => void} [onWarning] called for lines that begin with `warning: `, as our own scripts write
 * them
 * @property {import('node:child_process').SpawnOptions} [spawn]
 * @property {boolean} [asksPassword] it may ask for a password, for which it must stay in the terminal's foreground
 *
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, tail: string[] }} ToolResult
 */

const tailLines = 20;

/** How long a tool may clean up after a request to end, in milliseconds. */
const graceMs = 15_000;

/** @type {Set<{ child: import('node:child_process').ChildProcess, ownGroup: boolean }>} */
const running = new Set();

/** Called when the last tool has ended; set once all have been asked to end. */
let onAllEnded = /** @type {(() => void) | undefined} */ (undefined);

/**
 * Runs a tool with its output in a log. Rejects if it cannot be started. Once the tools are stopped the promise never
 * settles, so that no later step runs.
 * @param {string} command
 * @param {string[]} args
 * @param {ToolOptions} options
 * @returns {Promise<ToolResult>}
 */
export function runTool(command, args, { log, onProgress, onWarning, spawn: more, asksPassword = false }) {
  return new Promise((resolve, reject) => {
    if (onAllEnded !== undefined) return;
    const output = createWriteStream(log, { flags: 'a' });
    // A failure to write the log, as on a full disk, must not hide the tool's own error.
    output.on('error', () => undefined);
    output.write(`$ ${[command, ...args].join(' ')}\n`);
    // A separate process group, so that the processes started by the tool end with it.
    const ownGroup = !asksPassword;
    const child = spawn(command, args, { ...more, stdio: [asksPassword ? 'inherit' : 'ignore', 'pipe', 'pipe'], detached: ownGroup });
    const entry = { child, ownGroup };
    running.add(entry);
    const ended = (/** @type {() => void} */ settle) => {
      running.delete(entry);
      output.end(() => {
        if (onAllEnded === undefined) settle();
        else if (running.size === 0) onAllEnded();
      });
    };
    const lines = new LastLines(tailLines, (line) => {
      const [, done, all] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
      if (all !== undefined && done !== '0') onProgress?.({ done: Number(done), all: Number(all) });
      if (line.startsWith('warning: ')) onWarning?.(line.slice('warning: '.length));
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output.write(text);
        lines.add(text);
      });
    }
    child.on('error', (error) => {
      ended(() => reject(error));
    });
    child.on('close', (code, signal) => {
      ended(() => resolve({ code, signal, tail: lines.last() }));
    });
  });
}

/**
 * Ends the running tools and the processes they have started, by force if they do not end by themselves. Resolves when
 * all have ended, so that nothing that starts next runs beside them.
 * @param {NodeJS.Signals} signal
 * @returns {Promise<void>}
 */
export function stopTools(signal) {
  return new Promise((resolve) => {
    onAllEnded = resolve;
    if (running.size === 0) resolve();
    signalTools(signal);
    setTimeout(() => signalTools('SIGKILL'), graceMs);
  });
}

/** @param {NodeJS.Signals} signal */
function signalTools(signal) {
  for (const { child, ownGroup } of running) {
    try {
      if (child.pid !== undefined) process.kill(ownGroup ? -child.pid : child.pid, signal);
    } catch {
      // It has already ended.
    }
  }
}

class LastLines {
  /** @type {string[]} */
  #lines = [];
  #open = '';

  /**
   * @param {number} limit
   * @param {(line: string) => void} onLine
   */
  constructor(limit, onLine) {
    this.limit = limit;
    this.onLine = onLine;
  }

  /** @param {string} text */
  add(text) {
    const parts = (this.#open + text).split(/\r?\n|\r/);
    // A line without an end is truncated to a readable length.
    this.#open = (parts.pop() ?? '').slice(-2000);
    for (const line of parts) {
      this.onLine(line);
      // Stack traces of our scripts are in the log only.
      if (!/^\s+at .*(?:\(|file:|node:)/.test(line)) this.#lines.push(line.slice(0, 500));
    }
    this.#lines.splice(0, this.#lines.length - this.limit);
  }

  last() {
    return [...this.#lines, this.#open].filter((line) => line.trim() !== '').slice(-this.limit);
  }
}
