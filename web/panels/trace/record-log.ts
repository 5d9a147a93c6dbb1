import type { TaskState } from './task-state.js';

const chunkBits = 16;
const recordsPerChunk = 1 << chunkBits;
const within = recordsPerChunk - 1;

/** The records of a run in columns, by number. Above the limit the oldest are dropped, a chunk at a time. */
export class RecordLog {
  readonly #maxChunks: number;
  readonly #chunks: Chunk[] = [];
  /** The number of the first kept record; all before were dropped. */
  #first = 0;
  #end = 0;

  constructor(maxRecords: number) {
    this.#maxChunks = Math.max(2, Math.ceil(maxRecords / recordsPerChunk));
  }

  get first(): number {
    return this.#first;
  }

  /** The number that the next record gets. */
  get end(): number {
    return this.#end;
  }

  /** Returns the record's number. Check `first` afterwards: older ones may have been dropped. */
  add(kind: number, state: TaskState, detail: number, a: number, b: number, loopTime: number, realTime: number): number {
    const at = this.#end & within;
    if (at === 0) this.#open();
    const chunk = this.#chunks[this.#chunks.length - 1];
    if (chunk === undefined) throw new Error('a chunk was just opened');
    chunk.kind[at] = kind;
    chunk.state[at] = state;
    chunk.detail[at] = detail;
    chunk.a[at] = a;
    chunk.b[at] = b;
    chunk.loopTime[at] = loopTime;
    chunk.realTime[at] = realTime;
    return this.#end++;
  }

  kind(record: number): number {
    return this.#chunk(record).kind[record & within] ?? 0;
  }

  /** The state of its task from this record on. */
  state(record: number): TaskState {
    return this.#chunk(record).state[record & within] ?? 0;
  }

  setState(record: number, state: TaskState): void {
    this.#chunk(record).state[record & within] = state;
  }

  detail(record: number): number {
    return this.#chunk(record).detail[record & within] ?? 0;
  }

  a(record: number): number {
    return this.#chunk(record).a[record & within] ?? 0;
  }

  b(record: number): number {
    return this.#chunk(record).b[record & within] ?? 0;
  }

  loopTime(record: number): number {
    return this.#chunk(record).loopTime[record & within] ?? 0;
  }

  realTime(record: number): number {
    return this.#chunk(record).realTime[record & within] ?? 0;
  }

  #chunk(record: number): Chunk {
    const chunk = this.#chunks[(record >>> chunkBits) - (this.#first >>> chunkBits)];
    if (chunk === undefined) throw new Error(`record ${record} is not here`);
    return chunk;
  }

  #open(): void {
    if (this.#chunks.length === this.#maxChunks) {
      this.#chunks.shift();
      this.#first += recordsPerChunk;
    }
    this.#chunks.push(new Chunk());
  }
}

class Chunk {
  readonly kind = new Uint8Array(recordsPerChunk);
  readonly state = new Uint8Array(recordsPerChunk);
  readonly detail = new Uint8Array(recordsPerChunk);
  readonly a = new Uint32Array(recordsPerChunk);
  readonly b = new Uint32Array(recordsPerChunk);
  readonly loopTime = new Float64Array(recordsPerChunk);
  readonly realTime = new Float64Array(recordsPerChunk);
}
