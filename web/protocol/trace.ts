/**
 * What a program's tasks do, from the worker to the page: records of a fixed size, in the order in
 * which things happened, and the await graph. Written by runtime/src/trace.
 *
 * The order of the records is total: batch after batch over the run's port, and in a batch from its
 * beginning. Times never fall, but many records have the same: browsers round their clock, often to 0.1 ms.
 */

/** Bytes of one record. All numbers are little-endian; `task`, `a` and `b` are Uint32. */
export const TRACE_RECORD_BYTES = 32;

/** Offsets of the fields of a record. */
export const TRACE_FIELD = {
  /** Uint8, one of TRACE_KIND. */
  kind: 0,
  /** Uint8; its meaning depends on the kind, like that of `a` and `b`. */
  detail: 1,
  /** The number of the task concerned, from 1, never reused in a run; 0: the loop. */
  task: 4,
  a: 8,
  b: 12,
  /** Float64, microseconds of the program's clock: loop.time(), and steady_clock. */
  loopTime: 16,
  /** Float64, microseconds of real time since an origin specific to the worker. */
  realTime: 24,
} as const;

/** In `a` or `b`: no place, no text. A missing task is 0. */
export const TRACE_NONE = 0xffffffff;

export const TRACE_KIND = {
  /** Tracing begins. `a`: the number of `made` records that follow for already existing tasks. */
  begin: 1,
  /** Tracing ends: nothing is recorded until the next `begin`. */
  end: 2,
  /**
   * Defines the place number in `task`: `a` and `b` are the texts of its file and its function, loopTime and realTime its
   * line and its column. Comes before the first record that names the place. Places last for the run, and there are as
   * many as the source has; texts are valid only in their batch.
   */
  place: 3,
  /**
   * A task is created. `a`: the place of its coroutine, whose function is the coroutine's name; `b`: the task that
   * created it. `detail` 1: it existed before `begin`, and its next record gives its state. Its name is "Task-" and its
   * number until a `named` changes it. It is ready, unless its first step follows directly.
   */
  made: 4,
  /** The task has this name from now on. `a`: the text. */
  named: 5,
  /** It is queued: what it waited for is done. `b`: the task that woke it; 0: a timer, I/O, a callback. */
  ready: 6,
  /**
   * A step begins. `a`: the number of earlier steps without a record, as counted by `ran`. A task started eagerly runs
   * its first step inside a step of its creator.
   */
  running: 7,
  /**
   * The step is over: it waits. `detail`: an AwaitedKind as the runtime numbers it (AWAITED_KINDS). `a`: the place of the
   * co_await. `b`: identifies the awaited thing: a task's number, or a number unique to any other thing.
   */
  suspended: 8,
  /** The step is over, and the task is ready again, as after sleep(0). `a`: the place of the co_await. */
  yielded: 9,
  /**
   * The program is too busy to record each step. Since the task's last record it has run `a` steps and passed through
   * more than one state; the next record gives its state now.
   */
  ran: 10,
  /** Its cancellation was requested. `a`: the cancel message; `b`: the task that requested it. */
  cancelRequested: 11,
  /**
   * It ended. `a`: the number of steps without a record, as in `running`. `failed` has that in `b`, and the error text in
   * `a`: "ValueError: no such key".
   */
  done: 12,
  cancelled: 13,
  failed: 14,
  /**
   * Nothing is ready: the loop waits. `detail` 1: a timer ends the wait at the latest, after `a` microseconds of the
   * loop's clock.
   */
  waits: 15,
  /** The loop continues. */
  wakes: 16,
  /** A callback outside any task took long: `a` microseconds, up to now. */
  callback: 17,
  /**
   * `a`: the place of the task's coroutine, for a name and place that `made` could not know: a function with arguments
   * passed to create_task() creates its coroutine only in the first step.
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
 * A busy program sends tens of thousands of records per second; above that its steps are counted (`ran`), while one-time
 * events of a task (made, named, cancelRequested, its end) always have a record.
 */
export interface TraceBatch {
  type: 'trace';
  /** Whole records, TRACE_RECORD_BYTES each. Transferred. */
  records: ArrayBuffer;
  /** Texts that the records of this batch refer to by index. Chosen by the program: plain text, of any length. */
  texts: string[];
}

export interface TracePlace {
  function: string;
  file: string;
  line: number;
}

/** Which task waits for which, at one moment. */
export interface AwaitGraph {
  type: 'await-graph';
  /** `stop`: just before Stop cancels; `deadlock`: no task can continue. */
  reason: 'asked' | 'stop' | 'deadlock';
  /** As in records. */
  loopTime: number;
  realTime: number;
  /** In order of creation. */
  tasks: AwaitGraphTask[];
  /** What they wait for, each once. */
  things: AwaitedThing[];
  /** Cycles of tasks that wait for each other, each for the next, the last for the first. */
  cycles: number[][];
  /** The number of tasks omitted, in a program with very many. */
  omitted: number;
}

export interface AwaitGraphTask {
  /** As in records. */
  id: number;
  name: string;
  state: 'created' | 'ready' | 'running' | 'suspended';
  /** The program's coroutines, innermost first: the first is at the co_await. Empty before the first step. */
  stack: TracePlace[];
  /** An index of `things`; null when it waits for nothing. */
  waitsFor: number | null;
  /** The coroutine that it runs. */
  coroutine: TracePlace;
}

export interface AwaitedThing {
  kind: AwaitedKind;
  /** "a Lock held by task 'Task-2'". */
  text: string;
  /** Tasks that hold it exclusively. */
  holders: number[];
  /** Tasks that must end first: the task itself, those of a gather() or a group. */
  tasks: number[];
}
