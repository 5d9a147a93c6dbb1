import { TRACE_FIELD, TRACE_KIND, TRACE_NONE, TRACE_RECORD_BYTES, type TraceBatch, type TraceKind } from '../../protocol/trace.js';

export interface WrittenRecord {
  detail?: number;
  a?: number;
  b?: number;
  /** Microseconds, for both clocks unless `real` is given. */
  at?: number;
  real?: number;
}

/** Writes batches as the runtime does, for tests and synthetic traces. */
export class TraceWriter {
  #buffer = new ArrayBuffer(1024 * TRACE_RECORD_BYTES);
  #view = new DataView(this.#buffer);
  #count = 0;
  #texts: string[] = [];
  #places = 0;

  record(kind: TraceKind, task: number, { detail = 0, a = TRACE_NONE, b = 0, at = 0, real = at }: WrittenRecord = {}): this {
    if ((this.#count + 1) * TRACE_RECORD_BYTES > this.#buffer.byteLength) this.#grow();
    const start = this.#count++ * TRACE_RECORD_BYTES;
    this.#view.setUint8(start + TRACE_FIELD.kind, kind);
    this.#view.setUint8(start + TRACE_FIELD.detail, detail);
    this.#view.setUint32(start + TRACE_FIELD.task, task, true);
    this.#view.setUint32(start + TRACE_FIELD.a, a, true);
    this.#view.setUint32(start + TRACE_FIELD.b, b, true);
    this.#view.setFloat64(start + TRACE_FIELD.loopTime, at, true);
    this.#view.setFloat64(start + TRACE_FIELD.realTime, real, true);
    return this;
  }

  /** Returns the number that other records use for it. */
  place(file: string, line: number, name: string): number {
    const place = this.#places++;
    this.record(TRACE_KIND.place, place, { a: this.text(file), b: this.text(name), at: line, real: 1 });
    return place;
  }

  text(text: string): number {
    return this.#texts.push(text) - 1;
  }

  /** The records since the last batch. */
  batch(): TraceBatch {
    const records = this.#buffer.slice(0, this.#count * TRACE_RECORD_BYTES);
    const texts = this.#texts;
    this.#count = 0;
    this.#texts = [];
    return { type: 'trace', records, texts };
  }

  #grow(): void {
    const bigger = new ArrayBuffer(this.#buffer.byteLength * 2);
    new Uint8Array(bigger).set(new Uint8Array(this.#buffer));
    this.#buffer = bigger;
    this.#view = new DataView(bigger);
  }
}
