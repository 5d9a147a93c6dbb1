import { describeOutcome } from '../../panels/exit-line.js';
import type { Voice } from '../../panels/console-buffer.js';
import type { Stream } from '../../protocol/program.js';
import type { Orders, OrderRun, OrdersOptions, OrdersResult } from './orders.js';

export interface OrdersPanelParts {
  button: HTMLButtonElement;
  /** Tells whether orders are being tried: `stop` then ends it. */
  onBusy: (busy: boolean) => void;
  orders: Orders;
  /** The compiled program; null on a compile error, which has been shown. */
  compile: () => Promise<{ module: Uint8Array; program: OrdersOptions['program'] } | null>;
  /** A new run of the console. */
  clear: () => void;
  say: (voice: Voice, text: string) => void;
  write: (stream: Stream, text: string) => void;
  progress: (text: string) => void;
  /** The seed that was found is used by the next Run and in a link. */
  useSeed: (seed: number) => void;
}

/** Maximum length shown of each of the two outputs. */
const mostShown = 20_000;

/** "Try 200 orders": the result is shown as lines of the console. */
export class OrdersPanel {
  readonly #parts: OrdersPanelParts;
  #busy = false;

  constructor(parts: OrdersPanelParts) {
    this.#parts = parts;
    parts.button.addEventListener('click', () => void this.#clicked());
  }

  get busy(): boolean {
    return this.#busy;
  }

  stop(): void {
    this.#parts.orders.stop();
  }

  async #clicked(): Promise<void> {
    const { button, onBusy } = this.#parts;
    button.disabled = true;
    this.#busy = true;
    onBusy(true);
    try {
      await this.#try();
    } catch (error) {
      this.#parts.say('failure', `The orders could not be tried: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#busy = false;
      button.disabled = false;
      onBusy(false);
      this.#parts.progress('');
    }
  }

  async #try(): Promise<void> {
    const { orders, compile, clear, progress, say } = this.#parts;
    clear();
    progress('Compiling …');
    const compiled = await compile();
    if (compiled === null) return;
    const startedAt = performance.now();
    progress('Trying orders …');
    const result = await orders.try(compiled.module, {
      program: compiled.program,
      onProgress: (tried) => {
        if (tried % 10 === 0) progress(`Tried ${tried} orders …`);
      },
    });
    this.#show(result);
    say('info', `${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }

  #show(result: OrdersResult): void {
    const { say, useSeed } = this.#parts;
    switch (result.type) {
      case 'same':
        say('success', `${result.tried} orders: the same output and exit code in each`);
        break;
      case 'stopped':
        say('info', `Stopped after ${result.tried} orders`);
        break;
      case 'found': {
        const seed = result.run.seed ?? 0;
        say('failure', `Order ${seed} ${result.why === 'fails' ? 'fails' : 'has a different result'}. asyncio's own order:`);
        this.#showRun(result.plain);
        say('failure', `Order ${seed}:`);
        this.#showRun(result.run);
        useSeed(seed);
        say('info', `${seed} is now the seed of the next run: it is shown beside Run, and links to the snippet include it`);
        break;
      }
    }
  }

  #showRun({ stdout, stderr, outcome }: OrderRun): void {
    const { write, say } = this.#parts;
    for (const [stream, text] of [['stdout', stdout], ['stderr', stderr]] as const) {
      if (text === '') continue;
      const shown = text.length > mostShown ? `${text.slice(0, mostShown)}\n… ${text.length - mostShown} more characters` : text;
      write(stream, shown.endsWith('\n') ? shown : `${shown}\n`);
    }
    const { voice, text } = describeOutcome(outcome);
    say(voice, text);
  }
}
