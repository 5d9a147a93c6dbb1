import type { FrameReply, JournalChunk, Outcome, OutputChunk, ProgramMessage, ThreadMessage, WorkerReply } from './program.js';
import { bounded } from './bounded.js';
import { endingMessage } from './ending-message.js';
import { isFromServers } from './servers.js';
import { type Fields, isFields, isListOf, isNumber, isOfClass, isText } from './shape.js';

/**
 * Guards for messages from an untrusted program. Its scripts can post anything, so each message is validated; one that
 * does not match the protocol gives undefined, and is ignored.
 */

const isPort = (value: unknown): boolean => isFields(value) && typeof value['postMessage'] === 'function' && typeof value['close'] === 'function';
const isUnsetOr = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);

export function isOutcome(value: unknown): value is Outcome {
  if (!isFields(value)) return false;
  switch (value['type']) {
    case 'complete':
      return Number.isInteger(value['exitCode']) && isUnsetOr(value['afterStop'], (it) => it === true);
    case 'crash':
      return Number.isInteger(value['exitCode']) && isText(value['message']);
    case 'stopped':
      return typeof value['forced'] === 'boolean';
    case 'timeout':
      return true;
    default:
      return false;
  }
}

function isChunk(value: unknown): value is OutputChunk {
  if (!isFields(value)) return false;
  return (value['stream'] === 'stdout' || value['stream'] === 'stderr') && isText(value['text']) && isUnsetOr(value['task'], isText);
}

export function isJournalChunk(value: unknown): value is JournalChunk {
  return isFields(value) && isNumber(value['at']) && isChunk(value);
}

function isPlace(value: unknown): boolean {
  return isFields(value) && isText(value['function']) && isText(value['file']) && isNumber(value['line']);
}

function isTask(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { id, name, state, stack, waitsFor, coroutine } = value;
  return isNumber(id) && isText(name) && isText(state) && isListOf(stack, isPlace) && (waitsFor === null || isNumber(waitsFor)) && isPlace(coroutine);
}

function isThing(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { kind, text, holders, tasks } = value;
  return isText(kind) && isText(text) && isListOf(holders, isNumber) && isListOf(tasks, isNumber);
}

function isAwaitGraph({ reason, loopTime, realTime, tasks, things, cycles, omitted }: Fields): boolean {
  const numbers = [loopTime, realTime, omitted].every(isNumber);
  const cyclesAreLists = isListOf(cycles, (cycle) => isListOf(cycle, isNumber));
  return isText(reason) && numbers && cyclesAreLists && isListOf(tasks, isTask) && isListOf(things, isThing);
}

const isFromProgram: Record<ProgramMessage['type'], (message: Fields) => boolean> = {
  started: () => true,
  loaded: () => true,
  output: ({ at, chunks }) => isNumber(at) && isListOf(chunks, isChunk),
  journal: ({ port }) => isPort(port),
  interrupted: () => true,
  'awaits-input': () => true,
  'wants-database': () => true,
  thread: ({ port }) => isPort(port),
  trace: ({ records, texts }) => isOfClass(records, 'ArrayBuffer') && isListOf(texts, isText),
  'await-graph': isAwaitGraph,
  paused: ({ loopTime }) => isNumber(loopTime),
  ...isFromServers,
  ended: ({ outcome, memoryBytes, tasks }) => isOutcome(outcome) && isUnsetOr(memoryBytes, isNumber) && isUnsetOr(tasks, isNumber),
};

export function fromProgram(data: unknown): ProgramMessage | undefined {
  const message = heard<ProgramMessage>(data, isFromProgram);
  return message === undefined ? undefined : bounded(message);
}

export function fromThread(data: unknown): ThreadMessage | undefined {
  return heard<ThreadMessage>(data, { ended: ({ outcome }) => isOutcome(outcome) });
}

export function fromFrame(data: unknown): FrameReply | undefined {
  const reply = heard<FrameReply>(data, {
    ready: () => true,
    warm: () => true,
    'load-failed': ({ message }) => isText(message),
    'worker-failed': ({ id, message }) => isNumber(id) && isText(message),
  });
  return reply !== undefined && 'message' in reply ? { ...reply, message: endingMessage(reply.message) } : reply;
}

export function fromWorker(data: unknown): WorkerReply | undefined {
  return heard<WorkerReply>(data, { prepared: ({ lifeSign }) => isText(lifeSign), failed: ({ message }) => isText(message) });
}

function heard<M extends { type: string }>(data: unknown, known: Record<M['type'], (message: Fields) => boolean>): M | undefined {
  if (!isFields(data) || !isText(data['type']) || !Object.hasOwn(known, data['type'])) return undefined;
  return known[data['type'] as M['type']](data) ? (data as unknown as M) : undefined;
}
