import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { StepLine } from './step-line.mjs';
import { runTool, stopTools } from './tool.mjs';
import { UserError } from './user-error.mjs';

/**
 * @typedef {object} ToolNeeds
 * @property {string} advice what to do when it fails
 * @property {string} [label] distinguishes its log from those of other tools of the step
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [asksPassword]
 * @property {boolean} [quiet] the step's line is hidden until the tool reports progress, since it may find nothing to
 * do
 */

/** A sequence of steps with one line of output each, whose tools write to logs. */
export class Steps {
  #number = 0;
  /** @type {string | undefined} */
  #current;
  #warnings = /** @type {Set<string>} */ (new Set());

  /**
   * @param {{ root: string, count: number, out?: NodeJS.WriteStream }} settings
   */
  constructor({ root, count, out = process.stdout }) {
    this.root = root;
    this.count = count;
    this.out = out;
    this.logs = join(root, 'build/log');
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => void this.#interrupt(signal));
  }

  /**
   * Runs one step. Its line appears once it begins to do something; a step that finds nothing to do has no line.
   * @template T
   * @param {string} title
   * @param {(step: Step) => Promise<T>} action
   * @returns {Promise<T>}
   */
  async run(title, action) {
    this.#number += 1;
    const line = new StepLine(this.out, `[${this.#number}/${this.count}] ${title}`);
    const step = new Step(this, line, `${String(this.#number).padStart(2, '0')}-${slug(title)}`);
    this.#current = title;
    try {
      const result = await action(step);
      line.end(step.outcome);
      return result;
    } catch (error) {
      line.end('failed after');
      throw error;
    } finally {
      this.#current = undefined;
      for (const warning of this.#warnings) this.out.write(`warning: ${warning}\n`);
      this.#warnings.clear();
    }
  }

  /**
   * Prints a line between the steps.
   * @param {string} text
   */
  say(text) {
    this.out.write(`${text}\n`);
  }

  /**
   * Adds a warning, printed at the end of the step.
   * @param {string} text
   */
  warn(text) {
    this.#warnings.add(text);
  }

  /** @param {NodeJS.Signals} signal */
  async #interrupt(signal) {
    if (this.#current !== undefined) this.out.write(`\nStopping at "${this.#current}" …`);
    await stopTools(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    if (this.#current !== undefined) this.out.write(' stopped. Run the same command to continue.\n');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  }
}

export class Step {
  /** Printed at the end of its line. */
  outcome = '';
  #logsBegun = /** @type {Set<string>} */ (new Set());

  /**
   * @param {Steps} steps
   * @param {StepLine} line
   * @param {string} name
   */
  constructor(steps, line, name) {
    this.steps = steps;
    this.line = line;
    this.name = name;
  }

  /**
   * Shows the step's line, with a detail of this run.
   * @param {string} [detail]
   */
  begin(detail = '') {
    this.line.begin(detail);
  }

  /** The paths of its logs. */
  get logs() {
    return [...this.#logsBegun];
  }

  /** @param {string} text */
  warn(text) {
    this.steps.warn(text);
  }

  /**
   * Runs a tool with its output in the step's log; throws with its last lines if it fails.
   * @param {string} command
   * @param {string[]} args
   * @param {ToolNeeds} needs
   */
  async tool(command, args, { advice, label, cwd = this.steps.root, env, asksPassword, quiet = false }) {
    if (!quiet) this.begin();
    const log = this.log(label);
    const place = relative(this.steps.root, log);
    /** @type {import('./tool.mjs').ToolResult} */
    let result;
    try {
      result = await runTool(command, args, {
        log,
        spawn: { cwd, env: env ?? process.env },
        onProgress: (counter) => {
          this.begin();
          this.line.progress(counter);
        },
        onWarning: (text) => this.warn(text),
        ...(asksPassword === undefined ? {} : { asksPassword }),
      });
    } catch (error) {
      throw new UserError(`${command} could not be started: ${/** @type {Error} */ (error).message}\n${advice}`);
    }
    const { code, signal, tail } = result;
    if (code === 0) return;
    const how = code === null ? `was terminated by ${signal}` : `failed with exit code ${code}`;
    const lines = tail.map((text) => `  | ${text}`).join('\n');
    const full = tail.some((text) => /No space left on device|ENOSPC/.test(text)) ? 'The disk is full. Free some space, and run the same command again.' : advice;
    throw new UserError(`\n${command} ${how}. Last lines of its output:\n${lines}\nFull log: ${place}\n${full}`);
  }

  /**
   * Runs a script of the project as a tool, in a separate process: it can be interrupted, and the line keeps counting.
   * @param {string} script from the root of the project
   * @param {string[]} args
   * @param {ToolNeeds} needs
   */
  node(script, args, needs) {
    return this.tool(process.execPath, [join(this.steps.root, script), ...args], needs);
  }

  /**
   * The path of a log of the step, which starts empty in each run.
   * @param {string} [label] distinguishes it from other logs of the step
   */
  log(label) {
    mkdirSync(this.steps.logs, { recursive: true });
    const log = join(this.steps.logs, `${this.name}${label === undefined ? '' : `-${label}`}.log`);
    // The first tool of this run removes the log of the previous run.
    if (!this.#logsBegun.has(log)) rmSync(log, { force: true });
    this.#logsBegun.add(log);
    return log;
  }
}

/** @param {string} title */
function slug(title) {
  return title.toLowerCase().replace(/[^a-z\d+]+/g, '-').replace(/^-|-$/g, '');
}
