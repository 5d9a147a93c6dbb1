import { TRACE_FIELD, TRACE_KIND, TRACE_RECORD_BYTES, type AwaitGraph, type TraceBatch } from '../../protocol/trace.js';
import { hasRuntimesName, taskLabel } from './task-label.js';

/** A program may make millions of tasks; the oldest are forgotten. */
const mostTasks = 100_000;

/** What the tasks of a run are called, from whatever the page hears of them: the console has only their names. */
export class TaskNames {
  /** The coroutines of tasks that the runtime named, by that name. */
  readonly #coroutines = new Map<string, string>();
  readonly #functions = new Map<number, string>();
  /** Names that were asked for before their coroutine was known. */
  readonly #missed = new Set<string>();

  clear(): void {
    this.#coroutines.clear();
    this.#functions.clear();
    this.#missed.clear();
  }

  label(name: string): string {
    const coroutine = this.#coroutines.get(name);
    if (coroutine === undefined && this.#missed.size < mostTasks && hasRuntimesName(name)) this.#missed.add(name);
    return taskLabel(name, coroutine);
  }

  /** Returns whether a label that was given out is a better one now. */
  learn(event: TraceBatch | AwaitGraph): boolean {
    const missed = this.#missed.size;
    if (event.type === 'trace') this.#learnRecords(event);
    else for (const { name, coroutine } of event.tasks) this.#set(name, coroutine.function);
    return this.#missed.size < missed;
  }

  #learnRecords({ records, texts }: TraceBatch): void {
    const view = new DataView(records);
    for (let at = 0; at + TRACE_RECORD_BYTES <= view.byteLength; at += TRACE_RECORD_BYTES) {
      const kind = view.getUint8(at + TRACE_FIELD.kind);
      const task = view.getUint32(at + TRACE_FIELD.task, true);
      const a = view.getUint32(at + TRACE_FIELD.a, true);
      if (kind === TRACE_KIND.place) {
        this.#functions.set(task, texts[view.getUint32(at + TRACE_FIELD.b, true)] ?? '');
      } else if (kind === TRACE_KIND.made || kind === TRACE_KIND.coroutine) {
        this.#set(`Task-${task}`, this.#functions.get(a) ?? '');
      }
    }
  }

  #set(name: string, coroutine: string): void {
    if (coroutine === '' || !hasRuntimesName(name)) return;
    this.#coroutines.set(name, coroutine);
    this.#missed.delete(name);
    if (this.#coroutines.size <= mostTasks) return;
    for (const oldest of this.#coroutines.keys()) {
      this.#coroutines.delete(oldest);
      break;
    }
  }
}
