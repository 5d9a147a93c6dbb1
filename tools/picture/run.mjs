/**
 * @typedef {'running' | 'ready' | 'waiting' | 'idle'} State
 * What a lane does from one time to another, in milliseconds of the program's clock. A step may take no time.
 * @typedef {{ state: State, from: number, to: number, label: string }} Piece
 * @typedef {{ how: 'done' | 'cancelled' | 'failed', at: number }} End
 * @typedef {{ name: string, pieces: Piece[], end: End | undefined }} Lane
 * @typedef {{ at: number, text: string }} Line
 * @typedef {{ lanes: Lane[], lines: Line[], end: number }} Run
 * @typedef {import('../../web/panels/timeline/chrome-trace.js').ChromeTraceEvent} ChromeTraceEvent
 */

/** By the trace's word for it. @type {Record<string, State>} */
const states = { running: 'running', ready: 'ready', waiting: 'waiting', 'nothing to do': 'idle' };

/**
 * A run, from the trace that the page saves and from what the program printed.
 * @param {readonly ChromeTraceEvent[]} events
 * @param {string} output lines that begin with their time: "300 ms  text"
 * @returns {Run}
 */
export function runOf(events, output) {
  /** @type {Map<number, Lane>} */
  const lanes = new Map();
  for (const event of events) {
    if (event.ph === 'M' && event.name === 'thread_name') {
      lanes.set(event.tid, { name: String(event.args.name), pieces: [], end: undefined });
    }
    const lane = lanes.get(event.tid);
    if (lane === undefined) continue;
    if (event.ph === 'X') addPiece(lane.pieces, event);
    if (event.ph === 'i') lane.end ??= endOf(event);
  }
  const run = { lanes: [...lanes.values()], lines: linesOf(output) };
  const times = [
    ...run.lanes.flatMap(({ pieces, end }) => [...pieces.map(({ to }) => to), end?.at ?? 0]),
    ...run.lines.map(({ at }) => at),
  ];
  return { ...run, end: Math.max(0, ...times) };
}

/**
 * @param {Piece[]} pieces
 * @param {Extract<ChromeTraceEvent, { ph: 'X' }>} event
 */
function addPiece(pieces, { cat, name, ts, dur }) {
  const state = states[cat];
  // Only steps are seen where they take no time.
  if (state === undefined || (dur === 0 && state !== 'running')) return;
  const piece = { state, from: ts / 1000, to: (ts + dur) / 1000, label: name };
  const last = pieces.at(-1);
  // The trace may cut a step where a callback took long in real time, which is another one in each run.
  if (state === 'running' && last?.state === state && last.to === piece.from) last.to = piece.to;
  else pieces.push(piece);
}

/**
 * @param {Extract<ChromeTraceEvent, { ph: 'i' }>} event
 * @returns {End | undefined}
 */
function endOf({ name, ts }) {
  const how = /^(?:done|cancelled|failed)\b/.exec(name)?.[0];
  return how === undefined ? undefined : { how: /** @type {End['how']} */ (how), at: ts / 1000 };
}

/**
 * @param {string} output
 * @returns {Line[]}
 */
function linesOf(output) {
  return output.split('\n').flatMap((text) => {
    const time = /^ *(\d+) ms /.exec(text)?.[1];
    if (time !== undefined) return [{ at: Number(time), text }];
    if (text !== '') throw new Error(`this line of output does not start with a time: ${text}`);
    return [];
  });
}
