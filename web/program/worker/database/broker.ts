import type { DatabaseReply } from '../../../protocol/database.js';
import { concatenate, errorResponse, int32At, message, query, readyForQuery, Splitter, textAt, type Message } from './messages.js';

/** PostgreSQL with one session: answers the messages of one exchange. */
export interface Engine {
  exchange(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** What the first message of a connection asks for. */
const CANCEL = 80877102;
const ENCRYPTION = [80877103, 80877104];

const COPY_FROM_CLIENT = /^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i;
const LISTENS = /(?:^|;)\s*(un)?listen\s+("(?:[^"]|"")*"|[\w$]+|\*)\s*(?=;|$)/gi;

/** What a client sent up to the point where it waits for the server. */
interface Batch {
  messages: Message[];
}

class Client {
  readonly id: number;
  readonly splitter = new Splitter(true);
  /** Names of its prepared statements. */
  readonly statements = new Set<string>();
  readonly channels = new Set<string>();
  started = false;
  /** Not complete yet. */
  batch: Message[] = [];
  /** The batch ends with the data of COPY. */
  copies = false;
  readonly waiting: Batch[] = [];

  constructor(id: number) {
    this.id = id;
  }
}

/**
 * Lets many connections share the one session of the engine: their exchanges run one after another, and while one of them
 * is in a transaction the others wait.
 */
export class Broker {
  readonly #engine: Engine;
  readonly #send: (reply: DatabaseReply) => void;
  readonly #clients = new Map<number, Client>();
  /** Clients with a waiting batch, in the order of the batches. */
  readonly #order: Client[] = [];
  /** The client in a transaction. */
  #owner: Client | undefined;
  #running = false;
  #gone: string | undefined;

  constructor(engine: Engine, send: (reply: DatabaseReply) => void) {
    this.#engine = engine;
    this.#send = send;
  }

  open(id: number): void {
    this.#clients.set(id, new Client(id));
  }

  receive(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    const client = this.#clients.get(id);
    if (client === undefined) return;
    try {
      for (const each of client.splitter.feed(bytes)) this.#take(client, each);
    } catch (error) {
      this.#answer(client, errorResponse('FATAL', '08P01', `invalid message: ${error instanceof Error ? error.message : String(error)}`));
      this.close(id);
      this.#send({ type: 'closed', id });
    }
    void this.#run();
  }

  /** The client has ended its connection. */
  close(id: number): void {
    const client = this.#clients.get(id);
    if (client === undefined) return;
    this.#clients.delete(id);
    client.waiting.length = 0;
    const tidy = this.#traces(client);
    if (tidy.length > 0) {
      // In its own turn, and before the others get theirs.
      client.waiting.push({ messages: tidy });
      this.#order.unshift(client);
    }
    void this.#run();
  }

  #take(client: Client, each: Message): void {
    if (each.type === '') {
      this.#begin(client, each);
      return;
    }
    if (each.type === 'X') {
      this.close(client.id);
      this.#send({ type: 'closed', id: client.id });
      return;
    }
    client.batch.push(each);
    if (each.type === 'Q' && COPY_FROM_CLIENT.test(textAt(each.body))) {
      client.copies = true;
      // A client that waits for this begins to send; one that does not is not disturbed.
      this.#answer(client, message('G', new Uint8Array(3)));
    }
    const ends = client.copies ? each.type === 'c' || each.type === 'f' : each.type === 'Q' || each.type === 'S';
    if (!ends) return;
    client.copies = false;
    this.#enqueue(client, { messages: client.batch });
    client.batch = [];
  }

  #begin(client: Client, { bytes, body }: Message): void {
    const code = int32At(bytes, 4);
    if (code === CANCEL) {
      this.#cancel(int32At(body, 8));
      this.#clients.delete(client.id);
      this.#send({ type: 'closed', id: client.id });
    } else if (ENCRYPTION.includes(code)) {
      // The client may go on without it.
      this.#answer(client, new TextEncoder().encode('N'));
      this.#clients.set(client.id, new Client(client.id));
    } else {
      this.#enqueue(client, { messages: [{ type: '', bytes, body }] });
    }
  }

  /** Of what has begun nothing can be cancelled; what waits never begins. */
  #cancel(id: number): void {
    const client = this.#clients.get(id);
    if (client?.started !== true || client.waiting.length === 0) return;
    const inTransaction = client === this.#owner;
    client.waiting.shift();
    this.#order.splice(this.#order.indexOf(client), 1);
    this.#answer(client, concatenate([errorResponse('ERROR', '57014', 'canceling statement due to user request'), readyForQuery(inTransaction ? 'T' : 'I')]));
  }

  #enqueue(client: Client, batch: Batch): void {
    client.waiting.push(batch);
    this.#order.push(client);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const next = this.#owner === undefined ? 0 : this.#order.indexOf(this.#owner);
      const [client] = next < 0 ? [] : this.#order.splice(next, 1);
      const batch = client?.waiting.shift();
      if (client === undefined || batch === undefined) break;
      await this.#exchange(client, batch);
    }
    this.#running = false;
  }

  async #exchange(client: Client, { messages }: Batch): Promise<void> {
    let reply: Message[];
    try {
      if (this.#gone !== undefined) throw new Error(this.#gone);
      reply = new Splitter(false).feed(await this.#engine.exchange(concatenate(messages.map(({ bytes }) => bytes))));
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
      return;
    }
    const failed = reply.some(({ type }) => type === 'E');
    this.#remember(client, messages, failed);
    const status = reply.findLast(({ type }) => type === 'Z');
    const inTransaction = status !== undefined && textAt(status.body)[0] !== 'I';
    this.#owner = inTransaction && this.#clients.has(client.id) ? client : undefined;
    this.#answer(client, concatenate(reply.filter(({ type }) => type !== 'A' && type !== 'G').map((each) => this.#forClient(client, each))));
    for (const each of reply) if (each.type === 'A') this.#notify(each);
    if (!inTransaction) await this.#listenForOthers(messages);
  }

  /** Each connection has a key of its own, by which its statements are cancelled. */
  #forClient(client: Client, { type, bytes, body }: Message): Uint8Array<ArrayBuffer> {
    if (type !== 'K') return bytes;
    const key = new Uint8Array(4);
    new DataView(key.buffer).setInt32(0, client.id);
    return message('K', body.subarray(0, 4), key);
  }

  #remember(client: Client, messages: Message[], failed: boolean): void {
    for (const { type, body } of messages) {
      if (type === '') client.started = true;
      if (type === 'P' && textAt(body) !== '') client.statements.add(textAt(body));
      if (type === 'C' && String.fromCharCode(body[0] ?? 0) === 'S') client.statements.delete(textAt(body, 1));
      if (type === 'Q' && !failed) for (const [un, channel] of listensIn(textAt(body))) changeChannels(client.channels, un, channel);
    }
  }

  /** UNLISTEN of one connection ends the listening of the session, and with it that of the others. */
  async #listenForOthers(messages: Message[]): Promise<void> {
    const ended = messages.filter(({ type }) => type === 'Q').flatMap(({ body }) => listensIn(textAt(body)).filter(([un]) => un));
    if (ended.length === 0) return;
    const wanted = new Set([...this.#clients.values()].flatMap(({ channels }) => [...channels]));
    for (const channel of wanted) await this.#engine.exchange(query(`LISTEN ${quoted(channel)}`));
  }

  #notify({ bytes, body }: Message): void {
    const channel = textAt(body, 4);
    for (const client of this.#clients.values()) if (client.channels.has(channel)) this.#answer(client, bytes);
  }

  /** What ends a client's part of the shared session. */
  #traces(client: Client): Message[] {
    const messages: Uint8Array<ArrayBuffer>[] = [];
    if (client === this.#owner) messages.push(query('ROLLBACK'));
    for (const name of client.statements) messages.push(message('C', `S${name}\0`));
    if (client.statements.size > 0) messages.push(message('S'));
    for (const channel of client.channels) messages.push(query(`UNLISTEN ${quoted(channel)}`));
    return messages.flatMap((bytes) => new Splitter(false).feed(bytes));
  }

  #answer(client: Client, bytes: Uint8Array<ArrayBuffer>): void {
    // The splitter's messages are parts of larger buffers, which stay here.
    if (bytes.length > 0 && this.#clients.has(client.id)) this.#send({ type: 'data', id: client.id, bytes: bytes.slice() });
  }

  /** The engine has failed: it cannot go on. */
  #end(reason: string): void {
    this.#gone = reason;
    for (const client of this.#clients.values()) {
      this.#answer(client, errorResponse('FATAL', '57P02', `the page's database has ended: ${reason}`));
      this.#send({ type: 'closed', id: client.id });
    }
    this.#clients.clear();
    this.#order.length = 0;
    this.#owner = undefined;
  }
}

/** The LISTEN and UNLISTEN of a query: whether it ends listening, and the channel. */
function listensIn(sql: string): [boolean, string][] {
  return [...sql.matchAll(LISTENS)].map(([, un, name = '']) => [
    un !== undefined,
    name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(),
  ]);
}

function changeChannels(channels: Set<string>, ends: boolean, channel: string): void {
  if (!ends) channels.add(channel);
  else if (channel === '*') channels.clear();
  else channels.delete(channel);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
