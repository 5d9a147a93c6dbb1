import type { ConsoleInput } from '../../panels/console-input.js';
import type { DiagnosticsView } from '../../panels/diagnostics-view.js';
import { exitLine, outcomeInShort } from '../../panels/exit-line.js';
import { withSeverityColours } from '../../panels/severity-colours.js';
import { shownDiagnostics } from '../../panels/shown-diagnostics.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import type { RunEvent, Stream } from '../../protocol/program.js';
import type { ConsolePanel } from '../console/console-panel.js';
import type { RunPhase, RunReport, RunView } from '../../engine/run-controller.js';

export interface RunElements {
  /** Run and, from a click on it to the end of the run, Stop. */
  run: HTMLButtonElement;
  phase: HTMLElement;
}

const phaseText: Record<RunPhase, string> = {
  idle: '',
  compiling: 'Compiling …',
  running: 'Running …',
  stopping: 'Stopping … (press Stop again to force it)',
};

/** The user interface of a run: buttons, console and its input, diagnostics. */
export class RunPanel implements RunView {
  readonly #elements: RunElements;
  readonly #console: ConsolePanel;
  readonly #input: ConsoleInput;
  readonly #list: DiagnosticsView;
  readonly #mark: (diagnostics: Diagnostic[]) => void;
  readonly #listeners = new Set<(stream: Stream, text: string) => void>();
  readonly #watchers = new Set<(event: RunEvent) => void>();
  readonly #feeders = new Set<() => void>();
  readonly #phaseListeners = new Set<(phase: RunPhase) => void>();
  #phaseText = '';
  /** A replaced run's lines stay above those of the run that replaced it. */
  #keepConsole = false;

  constructor(
    elements: RunElements,
    console: ConsolePanel,
    input: ConsoleInput,
    list: DiagnosticsView,
    mark: (diagnostics: Diagnostic[]) => void,
  ) {
    this.#elements = elements;
    this.#console = console;
    this.#input = input;
    this.#list = list;
    this.#mark = mark;
  }

  onOutput(listener: (stream: Stream, text: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The program waits for input that has not arrived yet. */
  onAwaitsInput(listener: () => void): () => void {
    this.#feeders.add(listener);
    return () => this.#feeders.delete(listener);
  }

  /** Traces, await graphs and pauses of each run, from when it is watched. */
  onEvent(listener: (event: RunEvent) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  onPhase(listener: (phase: RunPhase) => void): void {
    this.#phaseListeners.add(listener);
  }

  phase(phase: RunPhase): void {
    for (const listener of this.#phaseListeners) listener(phase);
    this.#showPhase(phase);
    if (phase === 'running') this.#console.startClock();
    // When idle, the outcome stays shown: screen readers announce it.
    if (phase === 'idle') return;
    this.#phaseText = phaseText[phase];
    this.#elements.phase.textContent = this.#phaseText;
  }

  /** Something other than a run keeps the button at Stop. */
  busy(isBusy: boolean): void {
    this.#showPhase(isBusy ? 'running' : 'idle');
  }

  started(): void {
    if (!this.#keepConsole) this.#console.clear();
    this.#keepConsole = false;
    this.#console.begin();
  }

  diagnostics(diagnostics: Diagnostic[], compilerText: string): void {
    this.#list.show(diagnostics);
    this.#mark(shownDiagnostics(diagnostics).shown);
    if (compilerText !== '') this.#console.write('stderr', withSeverityColours(withNewline(compilerText)));
  }

  output(stream: Stream, text: string, task?: string): void {
    this.#console.output(stream, text, task);
    for (const listener of this.#listeners) listener(stream, text);
  }

  awaitsInput(): void {
    this.#input.awaited();
    this.#elements.phase.textContent = 'The program waits for input';
    for (const feed of this.#feeders) feed();
  }

  event(event: RunEvent): void {
    this.#console.event(event);
    for (const watcher of this.#watchers) watcher(event);
  }

  /** The typed input, as sent to the program. */
  typed(text: string): void {
    this.#console.write('input', text);
    this.#elements.phase.textContent = this.#phaseText;
  }

  inputEnded(): void {
    this.#console.say('info', 'End of input');
    this.#elements.phase.textContent = this.#phaseText;
    this.#closeInput();
  }

  ended({ outcome, timings, facts }: RunReport): void {
    this.#closeInput();
    this.#keepConsole = outcome.type === 'replaced';
    const { voice, text } = exitLine(outcome, timings, facts);
    this.#console.say(voice, text);
    this.#elements.phase.textContent = outcomeInShort(outcome);
  }

  #showPhase(phase: RunPhase): void {
    this.#elements.run.dataset['phase'] = phase;
  }

  #closeInput(): void {
    // Keeps the focus when the field is removed.
    if (this.#input.close()) this.#elements.run.focus({ preventScroll: true });
  }
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
