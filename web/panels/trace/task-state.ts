/** What a lane shows, from one record of its task to the next. */
export const TASK_STATE = {
  created: 0,
  ready: 1,
  running: 2,
  waiting: 3,
  /** Too many steps to record each. */
  busy: 4,
  /** Only for the loop: nothing was ready. */
  idle: 5,
  done: 6,
  cancelled: 7,
  failed: 8,
  /** It ended while tracing was off. */
  gone: 9,
} as const;
export type TaskState = number;

export function isEnd(state: TaskState): boolean {
  return state >= TASK_STATE.done;
}

const words: Record<number, string> = {
  [TASK_STATE.created]: 'created',
  [TASK_STATE.ready]: 'ready',
  [TASK_STATE.running]: 'running',
  [TASK_STATE.waiting]: 'waiting',
  [TASK_STATE.busy]: 'many steps',
  [TASK_STATE.idle]: 'nothing to do',
  [TASK_STATE.done]: 'done',
  [TASK_STATE.cancelled]: 'cancelled',
  [TASK_STATE.failed]: 'failed',
  [TASK_STATE.gone]: 'ended while not traced',
};

export function stateText(state: TaskState): string {
  return words[state] ?? '';
}
