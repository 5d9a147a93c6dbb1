import { TestEnvironment } from 'jest-environment-node';
import { forgetPassed, recordPassed } from './passed-files.mjs';
import { watchReads } from './watch-reads.mjs';

/** Jest's Node environment, extended: records what a test file reads when all of its tests pass. */
export default class RecordingEnvironment extends TestEnvironment {
  #passed = 0;
  #failed = false;
  #test;
  #since = Date.now();
  /** @type {ReturnType<typeof watchReads> | undefined} */
  #reads;

  /** @param {ConstructorParameters<typeof TestEnvironment>} args */
  constructor(...args) {
    super(...args);
    this.#test = args[1].testPath;
  }

  /** @override */
  async setup() {
    await super.setup();
    forgetPassed(this.#test);
    this.#reads = watchReads();
  }

  /** @param {import('@jest/types').Circus.Event} event */
  handleTestEvent(event) {
    if (event.name === 'error' || event.name === 'hook_failure') this.#failed = true;
    if (event.name !== 'test_done' && event.name !== 'test_skip' && event.name !== 'test_todo') return;
    if (event.name === 'test_done' && event.test.errors.length === 0) this.#passed += 1;
    else this.#failed = true;
  }

  /** @override */
  async teardown() {
    this.#reads?.stop();
    if (!this.#failed && this.#passed > 0 && this.#reads !== undefined) recordPassed(this.#test, this.#passed, this.#reads.seen, this.#since);
    await super.teardown();
  }
}
