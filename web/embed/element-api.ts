/** The script interface of `<asyncio-playground>`. */
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Outcome, RunFacts, Stream } from '../protocol/program.js';

export interface ElementRun {
  outcome:
    | Outcome
    | { type: 'compile-error'; errors: number }
    /** A newer run replaced this one. */
    | { type: 'replaced' }
    /** The compiler or the element itself failed. */
    | { type: 'failed'; message: string };
  diagnostics: Diagnostic[];
  /** The compiler's output, as a terminal would show it. */
  compilerText: string;
  /** Milliseconds; a step that did not happen is missing. */
  timings: { compileMs?: number; linkMs?: number; firstOutputMs?: number; totalMs: number };
  facts: RunFacts;
}

export interface AsyncioPlaygroundElement extends HTMLElement {
  /** The whole program, including hidden lines. */
  getText(): string;
  setText(text: string): void;
  /** Resolves when the run has ended for any reason; never rejects. A current run is terminated first. */
  run(): Promise<ElementRun>;
  /** The first call interrupts; a second call, or no answer, terminates the program. */
  stop(): void;
  /** Formats the text; never rejects. */
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
