/**
 * What a program's tasks do, from the worker to the page: records of a fixed size, in the order in
 * which things happened, and the await graph. Written by runtime/src/trace.
 *
 * The order of the records is total: batch after batch over the run's port, and in a batch from its
 * beginning. Times never fall, but many records have the same: browsers round their clock, often to 0.1 ms.
 */

/** Bytes of one record. All numbers are little-endian; `task`, `a` and `b` are Uint32. */
export const TRACE_RECORD_BYTES = 32;

/** Where the fields of a record begin. */
export const TRACE_FIELD = {
  /** Uint8, one of TRACE_KIND. */
  kind: 0,
  /** Uint8; its meaning depends on the kind, as that of `a` and `b` does. */
  detail: 1,
  /** What the record is about: the number of a task, from 1, never used twice in a run; 0: the loop. */
  task: 4,
  a: 8,
  b: 12,
  /** Float64, microseconds of the clock that the program sees: loop.time(), and steady_clock. */
  loopTime: 16,
  /** Float64, microseconds that really passed since an origin that is the worker's own. */
  realTime: 24,
} as const;

/** In `a` or `b`: no place, no text. A task that is not there is 0. */
export const TRACE_NONE = 0xffffffff;

export const TRACE_KIND = {
  /** Tracing begins. `a`: how many `made` records of tasks that were there already come next. */
  begin: 1,
  /** Tracing ends: nothing is known from here on, until the next `begin`. */
  end: 2,
  /**
   * Gives `task`, here the number of a place, its meaning: `a` and `b` are the texts of its file and its function,
   * loopTime and realTime its line and its column. Before the first record that names the place. Places stay for
   * the run, and there are as many as the source has; texts are good for their own batch only.
   */
  place: 3,
  /**
   * A task is made. `a`: the place of its coroutine, whose function is the coroutine's name; `b`: the
   * task that made it. `detail` 1: it was there before `begin`, and its next record says how it stands.
   * Its name is "Task-" and its number until a `named` says otherwise. It is ready, if its first step does not come next.
   */
  made: 4,
  /** The task has this name from now on. `a`: the text. */
  named: 5,
  /** It waits for its turn: what it waited for has come. `b`: the task that did it; 0: a timer, I/O, a callback. */
  ready: 6,
  /**
   * A step begins. `a`: how many steps the task made before it that have no record, as `ran` tells them. A task that is
   * started eagerly makes its first step inside one of its maker's.
   */
  running: 7,
  /**
   * The step is over: it waits. `detail`: an AwaitedKind as the runtime numbers it (AWAITED_KINDS). `a`: the place of the
   * co_await. `b`: which thing: of a task its number, of all else a number that is the same for the same thing.
   */
  suspended: 8,
  /** The step is over, and the task is ready for the next, as after sleep(0). `a`: the place of the co_await. */
  yielded: 9,
  /**
   * The program is too busy to tell each step. From the task's last record on it made `a` steps and more than
   * one of its states; the next record says how it stands now.
   */
  ran: 10,
  /** Somebody asked it to cancel itself. `a`: the text that came with it; `b`: the task that did. */
  cancelRequested: 11,
  /**
   * It ended. `a`: how many steps of it have no record, as in `running`. `failed` has them in `b`, and the error in `a`,
   * a text: "ValueError: no such key".
   */
  done: 12,
  cancelled: 13,
  failed: 14,
  /** Nothing is ready: the loop waits. `detail` 1: a timer ends the wait at the latest, after `a` microseconds of the loop's clock. */
  waits: 15,
  /** The loop goes on. */
  wakes: 16,
  /** A callback that is no task took long: `a` microseconds, up to now. */
  callback: 17,
  /**
   * `a`: the place of the coroutine that the task runs, for the name and the place that `made` could not know: a function
   * with arguments, given to create_task(), makes its coroutine in the first step only.
   */
  coroutine: 18,
} as const;
export type TraceKind = (typeof TRACE_KIND)[keyof typeof TRACE_KIND];

/** What a task waits for, by the `detail` of `suspended`. */
export const AWAITED_KINDS = [
  'future',
  'task',
  'gather',
  'shield',
  'wait',
  'task_group',
  'sleep',
  'lock',
  'event',
  'condition',
  'semaphore',
  'barrier',
  'queue_get',
  'queue_put',
  'queue_join',
] as const;
export type AwaitedKind = (typeof AWAITED_KINDS)[number];

/**
 * Of a busy program tens of thousands of records come in a second; beyond that its steps are counted (`ran`), while what
 * happens once to a task (made, named, cancelRequested, its end) always has its record.
 */
export interface TraceBatch {
  type: 'trace';
  /** Whole records, TRACE_RECORD_BYTES each. Transferred. */
  records: ArrayBuffer;
  /** What the records of this batch name by their index. Chosen by the program: plain text, of any length. */
  texts: string[];
}

export interface TracePlace {
  function: string;
  file: string;
  line: number;
}

/** Who waits for whom, at one moment. */
export interface AwaitGraph {
  type: 'await-graph';
  /** `stop`: just before Stop cancels; `deadlock`: nothing can go on any more. */
  reason: 'asked' | 'stop' | 'deadlock';
  /** As in records. */
  loopTime: number;
  realTime: number;
  /** In the order in which they were made. */
  tasks: AwaitGraphTask[];
  /** What they wait for, each once. */
  things: AwaitedThing[];
  /** Tasks that wait for each other in a circle, each for the next, the last for the first. */
  cycles: number[][];
  /** How many tasks more there are, in a program of very many. */
  omitted: number;
}

export interface AwaitGraphTask {
  /** As in records. */
  id: number;
  name: string;
  state: 'created' | 'ready' | 'running' | 'suspended';
  /** The program's own coroutines, innermost first: the first is at the co_await. Empty before the first step. */
  stack: TracePlace[];
  /** An index of `things`; null when it waits for nothing. */
  waitsFor: number | null;
  /** The coroutine it was made of. */
  coroutine: TracePlace;
}

export interface AwaitedThing {
  kind: AwaitedKind;
  /** "a Lock held by task 'Task-2'". */
  text: string;
  /** Tasks that hold it, and let nobody else have it. */
  holders: number[];
  /** Tasks that must end first: the task itself, those of a gather() or a group. */
  tasks: number[];
}
