/** Interval between checks. */
const LOOK_MS = 1_000;
/** Failed checks in a row after which a worker counts as gone: a busy browser may fail one. */
const MOST_MISSED = 2;
/** Timeout of a check. */
const LONGEST_LOOK_MS = 200;

/**
 * Checks whether a worker is alive. A worker that computes, or is paused in a debugger, does not answer; but its blob
 * URLs stay valid until it is gone, whatever ended it. (Browsers have no event for that, and locks are forbidden to an
 * opaque origin.)
 */
export class WorkerLife {
  readonly #worker: Worker;
  #lifeSign: string | undefined;
  #look: Promise<boolean> | undefined;
  #over = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Only the first message counts: after that the worker runs an untrusted program. */
  set lifeSign(address: string) {
    this.#lifeSign ??= address;
  }

  /** Calls `died` when the worker is gone, unless it was terminated from here. */
  async watch(died: () => void): Promise<void> {
    let missed = 0;
    while (missed < MOST_MISSED) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (this.#over) return;
      if (this.#lifeSign === undefined) continue;
      this.#look = isThere(this.#lifeSign);
      missed = (await this.#look) ? 0 : missed + 1;
      this.#look = undefined;
    }
    if (!this.#over) died();
  }

  end(): void {
    this.#over = true;
    if (this.#look === undefined) {
      this.#worker.terminate();
      return;
    }
    // The browser would log an error for a URL that is revoked during the fetch.
    const late = new Promise((resolve) => setTimeout(resolve, LONGEST_LOOK_MS));
    void Promise.race([this.#look, late]).then(() => this.#worker.terminate());
  }
}

async function isThere(address: string): Promise<boolean> {
  try {
    await (await fetch(address)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
