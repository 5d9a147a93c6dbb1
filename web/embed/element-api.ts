/** What scripts know of `<asyncio-playground>`. */
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Outcome, RunFacts, Stream } from '../protocol/program.js';

export interface ElementRun {
  outcome:
    | Outcome
    | { type: 'compile-error'; errors: number }
    /** A newer run took this one's place. */
    | { type: 'replaced' }
    /** The compiler or the element could not do its work. */
    | { type: 'failed'; message: string };
  diagnostics: Diagnostic[];
  /** What the compiler said, as a terminal would show it. */
  compilerText: string;
  /** Milliseconds; where a part did not happen it is not there. */
  timings: { compileMs?: number; linkMs?: number; firstOutputMs?: number; totalMs: number };
  facts: RunFacts;
}

export interface AsyncioPlaygroundElement extends HTMLElement {
  /** The whole program, with its hidden lines. */
  getText(): string;
  setText(text: string): void;
  /** Resolves when the run has ended, however it did; never rejects. A run under way is ended by force. */
  run(): Promise<ElementRun>;
  /** The first call interrupts; the next one, or no answer, ends the program by force. */
  stop(): void;
  /** Lays the text out anew; never rejects. */
  format(): Promise<void>;
}

/** The details of the element's events. */
export interface AsyncioPlaygroundEvents {
  ready: undefined;
  run: { text: string; edited: boolean };
  output: { stream: Stream; text: string };
  diagnostics: { diagnostics: Diagnostic[] };
  exit: ElementRun;
  edit: { text: string };
}

declare global {
  interface HTMLElementTagNameMap {
    'asyncio-playground': AsyncioPlaygroundElement;
  }
}
