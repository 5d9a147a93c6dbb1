import { type AnswerPart, type Header, LARGEST_ANSWER } from '../../../protocol/servers.js';

/** The runtime's own servers send less. */
const LARGEST_HEAD = 64 * 1024;
const LONGEST_CHUNK_LINE = 256;
const CR = 13;
const LF = 10;
const CONTINUE = 100;
const SWITCHING_PROTOCOLS = 101;
const OK = 200;
const NO_CONTENT = 204;
const NOT_MODIFIED = 304;

/** How the rest of the connection is read. */
type Place =
  | { in: 'head' }
  | { in: 'body'; left: number }
  | { in: 'chunk-size' }
  | { in: 'chunk'; left: number }
  | { in: 'chunk-end' }
  | { in: 'trailer' }
  | { in: 'end' };

/** Takes the answer to one request out of the bytes of its connection. */
export class HttpAnswer {
  readonly #method: string;
  readonly #tell: (part: AnswerPart) => void;
  #bytes = new Uint8Array(0);
  #place: Place = { in: 'head' };
  #bodyLeft = LARGEST_ANSWER;

  constructor(method: string, tell: (part: AnswerPart) => void) {
    this.#method = method;
    this.#tell = tell;
  }

  /** Nothing more is told: the connection is not needed any more. */
  get over(): boolean {
    return this.#place.in === 'end';
  }

  feed(bytes: Uint8Array): void {
    if (this.over) return;
    this.#bytes = joined(this.#bytes, bytes);
    while (!this.over && this.#step());
  }

  /** The connection has ended; `well`: by the server's own end of sending. */
  ended(well: boolean): void {
    if (this.over) return;
    const isEndOfBody = this.#place.in === 'body' && this.#place.left === Infinity && well;
    this.#end(isEndOfBody ? { kind: 'end', cut: false } : { kind: 'failed', why: 'broken' });
  }

  /** Nothing listened. */
  refused(): void {
    if (!this.over) this.#end({ kind: 'failed', why: 'refused' });
  }

  /** Returns whether there may be more to do with what has arrived. */
  #step(): boolean {
    const place = this.#place;
    switch (place.in) {
      case 'head':
        return this.#head();
      case 'body':
      case 'chunk':
        return this.#data(place);
      case 'chunk-size':
        return this.#chunkSize();
      case 'chunk-end':
        return this.#chunkEnd();
      case 'trailer':
        return this.#trailer();
      case 'end':
        return false;
    }
  }

  #head(): boolean {
    const end = endOfHead(this.#bytes);
    if (end === undefined) return this.#bytes.length > LARGEST_HEAD && this.#malformed();
    const [first = '', ...lines] = new TextDecoder().decode(this.#take(end)).trimEnd().split('\r\n');
    const [, code, reason = ''] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first) ?? [];
    const headers = lines.map(headerOf);
    if (code === undefined || !headers.every((header) => header !== undefined)) return this.#malformed();
    const status = Number(code);
    if (status >= CONTINUE && status < OK && status !== SWITCHING_PROTOCOLS) return true;
    this.#tell({ kind: 'head', status, reason, headers });
    return this.#beginBody(status, headers);
  }

  #beginBody(status: number, headers: Header[]): boolean {
    const valueOf = (wanted: string): string | undefined => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
    if (status === SWITCHING_PROTOCOLS) {
      this.#end({ kind: 'failed', why: 'switched' });
      return false;
    }
    const length = valueOf('content-length');
    if (this.#method === 'HEAD' || status === NO_CONTENT || status === NOT_MODIFIED || length === '0') {
      this.#end({ kind: 'end', cut: false });
      return false;
    }
    if (valueOf('transfer-encoding')?.toLowerCase() === 'chunked') this.#place = { in: 'chunk-size' };
    else if (length === undefined) this.#place = { in: 'body', left: Infinity };
    else if (/^\d{1,15}$/.test(length)) this.#place = { in: 'body', left: Number(length) };
    else return this.#malformed();
    return true;
  }

  #data(place: { in: 'body' | 'chunk'; left: number }): boolean {
    if (this.#bytes.length === 0) return false;
    const piece = this.#take(Math.min(this.#bytes.length, place.left));
    const kept = piece.subarray(0, this.#bodyLeft);
    this.#bodyLeft -= kept.length;
    if (kept.length > 0) this.#tell({ kind: 'body', bytes: kept.slice().buffer });
    if (kept.length < piece.length) {
      this.#end({ kind: 'end', cut: true });
      return false;
    }
    place.left -= piece.length;
    if (place.left > 0) return true;
    if (place.in === 'chunk') this.#place = { in: 'chunk-end' };
    else this.#end({ kind: 'end', cut: false });
    return true;
  }

  #chunkSize(): boolean {
    const line = this.#line();
    if (line === undefined) return this.#bytes.length > LONGEST_CHUNK_LINE && this.#malformed();
    const size = /^[\da-f]{1,8}(?=$|[; \t])/i.exec(line)?.[0];
    if (size === undefined) return this.#malformed();
    const left = parseInt(size, 16);
    this.#place = left === 0 ? { in: 'trailer' } : { in: 'chunk', left };
    return true;
  }

  #chunkEnd(): boolean {
    const line = this.#line();
    if (line === undefined) return this.#bytes.length > 1 && this.#malformed();
    if (line !== '') return this.#malformed();
    this.#place = { in: 'chunk-size' };
    return true;
  }

  #trailer(): boolean {
    const line = this.#line();
    if (line === undefined) return this.#bytes.length > LARGEST_HEAD && this.#malformed();
    if (line === '') this.#end({ kind: 'end', cut: false });
    return true;
  }

  /** Without its CR LF; undefined if that has not arrived. */
  #line(): string | undefined {
    const end = this.#bytes.indexOf(LF);
    if (end < 1 || this.#bytes[end - 1] !== CR) return undefined;
    return new TextDecoder().decode(this.#take(end + 1)).slice(0, -2);
  }

  #take(count: number): Uint8Array {
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  #malformed(): false {
    this.#end({ kind: 'failed', why: 'malformed' });
    return false;
  }

  #end(part: AnswerPart): void {
    this.#place = { in: 'end' };
    this.#tell(part);
  }
}

/** The index behind the empty line. */
function endOfHead(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return undefined;
}

function headerOf(line: string): Header | undefined {
  const [, name, value = ''] = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
  return name === undefined ? undefined : [name, value];
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
