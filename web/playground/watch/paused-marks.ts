import type { LineMark } from '../../editor/text-editor.js';
import { formatCount } from '../../panels/format.js';
import { waitingLines, type WaitingLine } from '../../panels/waits/waiting-lines.js';
import type { RunPhase } from '../../engine/run-controller.js';
import type { RunEvent } from '../../protocol/program.js';

/** More names than this are counted. */
const mostNamed = 3;
const mostListed = 30;

/** Marks in the editor where tasks wait, while the program is paused. */
export class PausedMarks {
  readonly #show: (marks: LineMark[]) => void;
  #held = false;
  /** The lines of the program are not those of the text any more. */
  #edited = false;
  #shown = false;

  constructor(show: (marks: LineMark[]) => void) {
    this.#show = show;
  }

  phase(phase: RunPhase): void {
    if (phase === 'compiling') this.#edited = false;
    this.goesOn();
  }

  goesOn(): void {
    this.#held = false;
    this.#mark([]);
  }

  edited(): void {
    this.#edited = true;
    this.#mark([]);
  }

  event(event: RunEvent): void {
    if (event.type === 'paused') this.#held = true;
    if (event.type === 'await-graph' && this.#held && !this.#edited) this.#mark(waitingLines(event).map(markOf));
  }

  #mark(marks: LineMark[]): void {
    if (marks.length === 0 && !this.#shown) return;
    this.#shown = marks.length > 0;
    this.#show(marks);
  }
}

function markOf({ file, line, tasks }: WaitingLine): LineMark {
  return { file, line, text: `‖ ${listed(tasks, mostNamed)}`, title: `Waiting here: ${listed(tasks, mostListed)}` };
}

function listed(tasks: string[], most: number): string {
  const named = tasks.slice(0, most).join(', ');
  return tasks.length <= most ? named : `${named} and ${formatCount(tasks.length - most)} more`;
}
