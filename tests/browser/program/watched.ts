import type { RunEvent } from '../../../web/protocol/program.js';
import { TRACE_FIELD, TRACE_KIND, TRACE_RECORD_BYTES, type AwaitGraph } from '../../../web/protocol/trace.js';

/** One record of a trace, in words. */
export interface SeenRecord {
  kind: string;
  detail: number;
  task: number;
  a: number;
  b: number;
  loopTime: number;
  realTime: number;
  /** The text of the record, or the function and line of its place. */
  text: string;
}

export interface Seen {
  records: SeenRecord[];
  batches: number;
  graphs: AwaitGraph[];
  /** The loop's time at each record, in microseconds. */
  pauses: number[];
}

const names = new Map<number, string>(Object.entries(TRACE_KIND).map(([name, kind]) => [kind, name]));
const withText = ['named', 'failed'];
const withPlace = ['made', 'suspended', 'yielded', 'coroutine'];

/** The results of a watched run. */
export class Watched {
  readonly seen: Seen = { records: [], batches: 0, graphs: [], pauses: [] };
  readonly #places = new Map<number, string>();

  take(event: RunEvent): void {
    switch (event.type) {
      case 'trace':
        this.seen.batches += 1;
        this.#read(new DataView(event.records), event.texts);
        break;
      case 'await-graph':
        this.seen.graphs.push(event);
        break;
      case 'paused':
        this.seen.pauses.push(event.loopTime);
        break;
      case 'server-news':
      case 'answer':
        break;
    }
  }

  #read(view: DataView, texts: string[]): void {
    for (let at = 0; at < view.byteLength; at += TRACE_RECORD_BYTES) {
      const word = (field: number): number => view.getUint32(at + field, true);
      const time = (field: number): number => view.getFloat64(at + field, true);
      const record: SeenRecord = {
        kind: names.get(view.getUint8(at + TRACE_FIELD.kind)) ?? 'unknown',
        detail: view.getUint8(at + TRACE_FIELD.detail),
        task: word(TRACE_FIELD.task),
        a: word(TRACE_FIELD.a),
        b: word(TRACE_FIELD.b),
        loopTime: time(TRACE_FIELD.loopTime),
        realTime: time(TRACE_FIELD.realTime),
        text: '',
      };
      if (record.kind === 'place') this.#places.set(record.task, `${texts[record.b] ?? '?'}:${record.loopTime}`);
      else if (withText.includes(record.kind)) record.text = texts[record.a] ?? '?';
      else if (withPlace.includes(record.kind)) record.text = this.#places.get(record.a) ?? '?';
      if (record.kind !== 'place') this.seen.records.push(record);
    }
  }
}
