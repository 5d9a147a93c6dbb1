import type { DiagnosticsView } from '../panels/diagnostics-view.js';
import { describeOutcome, exitLine } from '../panels/exit-line.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Stream } from '../protocol/program.js';
import type { ConsolePanel } from './console-panel.js';
import type { RunPhase, RunReport, RunView } from './run-controller.js';

export interface RunElements {
  run: HTMLButtonElement;
  stop: HTMLButtonElement;
  phase: HTMLElement;
  /** On a narrow screen the console is below the editor: a run brings it into sight. */
  consolePane: HTMLElement;
}

const phaseText: Record<RunPhase, string> = {
  idle: '',
  compiling: 'Compiling …',
  running: 'Running …',
  stopping: 'Stopping … (Stop again to end it by force)',
};

/** What people see of a run: buttons, console, diagnostics. */
export class RunPanel implements RunView {
  readonly #elements: RunElements;
  readonly #console: ConsolePanel;
  readonly #list: DiagnosticsView;
  readonly #mark: (diagnostics: Diagnostic[]) => void;
  readonly #listeners = new Set<(stream: Stream, text: string) => void>();
  /** A replaced run's lines stay above those of the run that took its place. */
  #keepConsole = false;

  constructor(
    elements: RunElements,
    console: ConsolePanel,
    list: DiagnosticsView,
    mark: (diagnostics: Diagnostic[]) => void,
  ) {
    this.#elements = elements;
    this.#console = console;
    this.#list = list;
    this.#mark = mark;
  }

  onOutput(listener: (stream: Stream, text: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  phase(phase: RunPhase): void {
    this.#elements.stop.disabled = phase === 'idle';
    this.#elements.run.dataset['phase'] = phase;
    // When idle, the outcome stays readable there: it is what a screen reader announces.
    if (phase !== 'idle') this.#elements.phase.textContent = phaseText[phase];
  }

  started(): void {
    if (!this.#keepConsole) this.#console.clear();
    this.#keepConsole = false;
    this.#elements.consolePane.scrollIntoView({ block: 'nearest' });
  }

  diagnostics(diagnostics: Diagnostic[], compilerText: string): void {
    this.#list.show(diagnostics);
    this.#mark(diagnostics);
    if (compilerText !== '') this.#console.output('stderr', withNewline(compilerText));
  }

  output(stream: Stream, text: string): void {
    this.#console.output(stream, text);
    for (const listener of this.#listeners) listener(stream, text);
  }

  ended({ outcome, timings }: RunReport): void {
    this.#keepConsole = outcome.type === 'replaced';
    const { voice, text } = exitLine(outcome, timings);
    this.#console.say(voice, text);
    this.#elements.phase.textContent = describeOutcome(outcome).text;
  }
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
