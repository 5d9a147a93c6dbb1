/** Messages of PostgreSQL's protocol 3.0, as bytes. */

/** A message without its type and length. */
export interface Message {
  /** Empty for the first message of a connection, which has none. */
  type: string;
  /** With type and length. */
  bytes: Uint8Array<ArrayBuffer>;
  body: Uint8Array<ArrayBuffer>;
}

/** Longer ones are garbage: PostgreSQL's own limit. */
const LONGEST = 2 ** 30;
const LENGTH_SIZE = 4;

/** Cuts the bytes of a connection into messages. */
export class Splitter {
  /** The first message of a client has no type. */
  #withoutType: boolean;
  #rest = new Uint8Array(0);

  constructor(withoutType: boolean) {
    this.#withoutType = withoutType;
  }

  /** The messages that are complete by now. Throws for a length that no message has. */
  feed(bytes: Uint8Array<ArrayBuffer>): Message[] {
    this.#rest = this.#rest.length === 0 ? bytes : concatenate([this.#rest, bytes]);
    const messages: Message[] = [];
    let at = 0;
    for (;;) {
      const typeSize = this.#withoutType ? 0 : 1;
      const head = at + typeSize + LENGTH_SIZE;
      if (this.#rest.length < head) break;
      const length = int32At(this.#rest, at + typeSize);
      if (length < LENGTH_SIZE || length > LONGEST) throw new Error(`a message of ${length} bytes`);
      const end = at + typeSize + length;
      if (this.#rest.length < end) break;
      const type = typeSize === 0 ? '' : String.fromCharCode(this.#rest[at] ?? 0);
      messages.push({ type, bytes: this.#rest.subarray(at, end), body: this.#rest.subarray(head, end) });
      this.#withoutType = false;
      at = end;
    }
    this.#rest = this.#rest.subarray(at);
    return messages;
  }
}

export function concatenate(parts: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

export function int32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(at);
}

/** The text from `at` up to the next 0. */
export function textAt(bytes: Uint8Array, at = 0): string {
  const end = bytes.indexOf(0, at);
  return new TextDecoder().decode(bytes.subarray(at, end < 0 ? undefined : end));
}

export function message(type: string, ...parts: (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const bodies = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
  const size = bodies.reduce((sum, body) => sum + body.length, LENGTH_SIZE);
  const made = new Uint8Array(type.length + size);
  made.set(new TextEncoder().encode(type));
  new DataView(made.buffer).setInt32(type.length, size);
  let at = type.length + LENGTH_SIZE;
  for (const body of bodies) {
    made.set(body, at);
    at += body.length;
  }
  return made;
}

export function query(sql: string): Uint8Array<ArrayBuffer> {
  return message('Q', `${sql}\0`);
}

/** An ErrorResponse. */
export function errorResponse(severity: 'ERROR' | 'FATAL', sqlstate: string, text: string): Uint8Array<ArrayBuffer> {
  return message('E', `S${severity}\0V${severity}\0C${sqlstate}\0M${text}\0\0`);
}

/** `status`: as in the protocol, 'I' outside of a transaction. */
export function readyForQuery(status: string): Uint8Array<ArrayBuffer> {
  return message('Z', status);
}
