import type { Outcome, ProgramOptions } from '../../protocol/program.js';
import type { ProgramHost, RunningProgram } from '../../engine/programs.js';

/** One run of the program in one order; without a seed: in asyncio's order. */
export interface OrderRun {
  seed: number | null;
  stdout: string;
  stderr: string;
  outcome: Outcome;
}

export type OrdersResult =
  | { type: 'same'; tried: number; plain: OrderRun }
  /** The first seed whose run fails although the unseeded one does not, or whose output differs. */
  | { type: 'found'; why: 'fails' | 'differs'; tried: number; plain: OrderRun; run: OrderRun }
  | { type: 'stopped'; tried: number };

export interface OrdersOptions {
  program: Omit<ProgramOptions, 'clock' | 'seed'>;
  orders?: number;
  /** How many programs run at once. */
  atOnce?: number;
  /** A run that takes longer is terminated. */
  limitMs?: number;
  onProgress?: (tried: number) => void;
}

const ORDERS = 200;
const AT_ONCE = 2;
const LIMIT_MS = 5000;
/** Maximum output of one run that is compared and stored. */
const MOST_OUTPUT = 1_000_000;

/** Runs a compiled program in many orders, on the fast clock, to find its dependencies on order. */
export class Orders {
  readonly #host: ProgramHost;
  readonly #running = new Set<RunningProgram>();
  #stopped = false;

  constructor(host: ProgramHost) {
    this.#host = host;
  }

  /** Never rejects. */
  async try(module: Uint8Array, options: OrdersOptions): Promise<OrdersResult> {
    const { orders = ORDERS, atOnce = AT_ONCE, onProgress = () => undefined } = options;
    this.#stopped = false;
    const plain = await this.#run(module, null, options);
    let next = 1;
    let tried = 0;
    const others: OrderRun[] = [];
    const work = async (): Promise<void> => {
      // An earlier one still in progress may be found too.
      while (next <= orders && others.length === 0 && !this.#stopped) {
        const run = await this.#run(module, next++, options);
        if (this.#stopped) return;
        tried += 1;
        onProgress(tried);
        if (!isSame(plain, run)) others.push(run);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (this.#stopped) return { type: 'stopped', tried };
    const [found] = others.sort((one, other) => Number(one.seed) - Number(other.seed));
    if (found === undefined) return { type: 'same', tried, plain };
    const why = fails(found) && !fails(plain) ? 'fails' : 'differs';
    return { type: 'found', why, tried, plain, run: found };
  }

  stop(): void {
    this.#stopped = true;
    for (const program of this.#running) program.terminate();
  }

  async #run(module: Uint8Array, seed: number | null, { program, limitMs = LIMIT_MS }: OrdersOptions): Promise<OrderRun> {
    const text = { stdout: '', stderr: '' };
    const running = this.#host.run(
      module,
      { ...program, stdin: program.stdin ?? '', clock: 'fast', seed, keepFiles: false },
      (stream, more) => {
        if (text[stream].length < MOST_OUTPUT) text[stream] += more.slice(0, MOST_OUTPUT - text[stream].length);
      },
    );
    this.#running.add(running);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      running.terminate();
    }, limitMs);
    const outcome = await running.outcome;
    clearTimeout(timer);
    this.#running.delete(running);
    return { seed, ...text, outcome: timedOut ? { type: 'timeout' } : outcome };
  }
}

function isSame(one: OrderRun, other: OrderRun): boolean {
  return one.stdout === other.stdout && exitCodeOf(one.outcome) === exitCodeOf(other.outcome);
}

function fails({ outcome }: OrderRun): boolean {
  return exitCodeOf(outcome) !== 0;
}

function exitCodeOf(outcome: Outcome): number | 'timeout' | 'stopped' {
  switch (outcome.type) {
    case 'complete':
    case 'crash':
      return outcome.exitCode;
    case 'timeout':
    case 'stopped':
      return outcome.type;
  }
}
