import type { TraceBatch } from '../../protocol/trace.js';
import { TaskTrace } from '../trace/task-trace.js';
import { TimelineView, type Pace, type TimelineActions } from './timeline-view.js';

/** A run's trace and its view. */
export class TimelinePanel {
  readonly #view: TimelineView;
  #trace = new TaskTrace();
  #pace: Pace | undefined;

  constructor(root: HTMLElement, actions: TimelineActions) {
    this.#view = new TimelineView(root, actions);
  }

  /** A run begins. The previous one stays visible until this one sends something. */
  started(pace: Pace): void {
    this.#trace = new TaskTrace();
    this.#pace = pace;
    this.#view.setPace(undefined);
  }

  add(batch: TraceBatch): void {
    const first = this.#trace.empty;
    this.#trace.add(batch);
    if (first) {
      this.#view.show(this.#trace);
      this.#view.setPace(this.#pace);
    } else {
      this.#view.changed();
    }
  }

  ended(): void {
    this.#pace = undefined;
    this.#view.setPace(undefined);
    if (this.#trace.empty) {
      this.#view.say('The last run showed no tasks. Run a program while this tab is open: its tasks appear here, each in a lane.');
    }
  }

  /** Selects the task's lane, or says that it has none. */
  goTo(task: number, name: string): void {
    this.#view.goTo(task, name);
  }

  /** The panel is visible again. */
  shown(): void {
    this.#view.redraw();
  }
}
