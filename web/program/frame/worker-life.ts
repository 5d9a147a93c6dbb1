/** Between two looks. */
const LOOK_MS = 1_000;
/** A browser may be out of breath once. */
const MOST_MISSED = 2;
/** Nobody waits longer for a look. */
const LONGEST_LOOK_MS = 200;

/**
 * Whether a worker still lives. One that computes, or that a debugger holds, answers nothing; but the blobs that it has
 * made have their addresses until it is gone, whatever ended it. (A browser does not tell of that: there is no event, and
 * locks are forbidden to an opaque origin.)
 */
export class WorkerLife {
  readonly #worker: Worker;
  #lifeSign: string | undefined;
  #look: Promise<boolean> | undefined;
  #over = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Of what it says only the first counts: after that it runs a stranger's program. */
  set lifeSign(address: string) {
    this.#lifeSign ??= address;
  }

  /** Calls `died` when the worker is gone, unless it was ended from here. */
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
    // The browser would complain of an address that goes while it is looked for.
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
