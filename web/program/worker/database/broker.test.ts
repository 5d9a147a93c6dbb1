import { describe, expect, test } from '@jest/globals';
import { Broker, type Engine } from './broker.js';
import { concatenate, errorResponse, int32At, message, query, readyForQuery, Splitter, textAt } from './messages.js';
import type { DatabaseReply } from '../../../protocol/database.js';

type Bytes = Uint8Array<ArrayBuffer>;

const startup = (): Bytes => withoutType(196608, new TextEncoder().encode('user\0ann\0\0'));
const cancel = (key: number): Bytes => withoutType(80877102, int32(42), int32(key));

function int32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

function withoutType(code: number, ...rest: Bytes[]): Bytes {
  return message('', int32(code), ...rest);
}

/** A database that knows transactions, and answers when it is told. */
class FakeEngine implements Engine {
  readonly seen: string[] = [];
  notify: Bytes[] = [];
  fails: Error | undefined;
  #status = 'I';
  #held: (() => void) | undefined;

  async exchange(bytes: Bytes): Promise<Bytes> {
    if (this.fails !== undefined) throw this.fails;
    if (bytes[0] === 0) return concatenate([message('R', int32(0)), message('K', int32(42), int32(1)), readyForQuery('I')]);
    const messages = new Splitter(false).feed(bytes);
    const text = messages.map(({ type, body }) => (type === 'Q' ? textAt(body) : type)).join(' ');
    this.seen.push(text);
    if (text === 'slow') await new Promise<void>((resolve) => (this.#held = resolve));
    if (text === 'BEGIN') this.#status = 'T';
    if (text === 'COMMIT' || text === 'ROLLBACK') this.#status = 'I';
    return concatenate([...this.notify.splice(0), message('C', `${text}\0`), readyForQuery(this.#status)]);
  }

  release(): void {
    this.#held?.();
  }
}

function setUp(): { engine: FakeEngine; broker: Broker; heard: (id: number) => string[]; open: (...ids: number[]) => Promise<void>; keys: Map<number, number> } {
  const engine = new FakeEngine();
  const texts = new Map<number, string[]>();
  const keys = new Map<number, number>();
  const add = (id: number, text: string): void => void texts.set(id, [...(texts.get(id) ?? []), text]);
  const broker = new Broker(engine, (reply: DatabaseReply) => {
    if (reply.type === 'closed') add(reply.id, 'closed');
    if (reply.type !== 'data') return;
    for (const { type, body } of new Splitter(false).feed(reply.bytes)) {
      if (type === 'K') keys.set(reply.id, int32At(body, 4));
      if (type === 'C') add(reply.id, textAt(body));
      if (type === 'E') add(reply.id, `error ${new TextDecoder().decode(body).replace(/.*M(.*)\0\0$/s, '$1')}`);
      if (type === 'A') add(reply.id, `note ${textAt(body, 4)}`);
    }
  });
  return {
    engine,
    broker,
    keys,
    heard: (id) => texts.get(id) ?? [],
    async open(...ids) {
      for (const id of ids) {
        broker.open(id);
        broker.receive(id, startup());
      }
      await settle();
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; ++turn) await new Promise((resolve) => setImmediate(resolve));
}

describe('the broker', () => {
  test('answers each connection, however its bytes are cut', async () => {
    const { broker, heard, open } = setUp();
    await open(1, 2);
    const bytes = query('SELECT 1');
    for (const byte of bytes) broker.receive(1, Uint8Array.of(byte));
    broker.receive(2, concatenate([query('SELECT 2'), query('SELECT 3')]));
    await settle();
    expect(heard(1)).toEqual(['SELECT 1']);
    expect(heard(2)).toEqual(['SELECT 2', 'SELECT 3']);
  });

  test('lets the others wait while one connection is in a transaction', async () => {
    const { engine, broker, heard, open } = setUp();
    await open(1, 2, 3);
    broker.receive(1, query('BEGIN'));
    await settle();
    broker.receive(2, query('SELECT 2'));
    broker.receive(3, query('SELECT 3'));
    broker.receive(1, query('INSERT'));
    await settle();
    expect(heard(2)).toEqual([]);
    broker.receive(1, query('COMMIT'));
    await settle();
    expect(engine.seen).toEqual(['BEGIN', 'INSERT', 'COMMIT', 'SELECT 2', 'SELECT 3']);
  });

  test('rolls back and forgets what a connection leaves behind', async () => {
    const { engine, broker, heard, open } = setUp();
    await open(1, 2);
    broker.receive(1, concatenate([message('P', 'stmt\0SELECT\0', new Uint8Array(2)), message('S')]));
    broker.receive(1, query('LISTEN news'));
    broker.receive(1, query('BEGIN'));
    await settle();
    broker.receive(2, query('SELECT 2'));
    broker.receive(1, message('X'));
    await settle();
    expect(engine.seen.slice(3)).toEqual(['ROLLBACK C S UNLISTEN "news"', 'SELECT 2']);
    expect(heard(1).at(-1)).toBe('closed');
  });

  test('cancels what has not begun', async () => {
    const { engine, broker, heard, open, keys } = setUp();
    await open(1, 2);
    broker.receive(1, query('slow'));
    broker.receive(2, query('SELECT 2'));
    broker.open(3);
    broker.receive(3, cancel(keys.get(2) ?? 0));
    broker.open(4);
    broker.receive(4, cancel(keys.get(1) ?? 0));
    await settle();
    expect(heard(2)).toEqual(['error canceling statement due to user request']);
    expect(heard(3)).toEqual(['closed']);
    engine.release();
    await settle();
    expect(heard(1)).toEqual(['slow']);
    expect(engine.seen).toEqual(['slow']);
  });

  test('gives notifications to those who listen, also after another has stopped', async () => {
    const { engine, broker, heard, open } = setUp();
    await open(1, 2, 3);
    broker.receive(1, query('LISTEN "news"'));
    broker.receive(2, query('listen News;'));
    broker.receive(1, query('UNLISTEN *'));
    await settle();
    expect(engine.seen.at(-1)).toBe('LISTEN "news"');
    engine.notify = [message('A', int32(42), 'news\0hello\0')];
    broker.receive(3, query('NOTIFY'));
    await settle();
    expect(heard(2).at(-1)).toBe('note news');
    expect(heard(1)).not.toContain('note news');
    expect(heard(3)).toEqual(['NOTIFY']);
  });

  test('sends COPY to the engine with its data', async () => {
    const { engine, broker, heard, open } = setUp();
    await open(1);
    broker.receive(1, query('COPY t FROM STDIN'));
    broker.receive(1, message('d', 'a\tb\n'));
    await settle();
    expect(engine.seen).toEqual([]);
    broker.receive(1, message('c'));
    await settle();
    expect(engine.seen).toEqual(['COPY t FROM STDIN d c']);
    expect(heard(1)).toEqual(['COPY t FROM STDIN d c']);
  });

  test.each([
    ['a negative length', Uint8Array.of(0x51, 0xff, 0xff, 0xff, 0xff)],
    ['a length of less than itself', Uint8Array.of(0x51, 0, 0, 0, 3)],
    ['a huge length', Uint8Array.of(0x51, 0x7f, 0xff, 0xff, 0xff)],
  ])('ends a connection that sends %s, and no other', async (_, garbage) => {
    const { broker, heard, open } = setUp();
    await open(1, 2);
    broker.receive(1, garbage);
    broker.receive(2, query('SELECT 2'));
    await settle();
    expect(heard(1)).toEqual([expect.stringMatching(/^error invalid message: a message of -?\d+ bytes$/), 'closed']);
    expect(heard(2)).toEqual(['SELECT 2']);
  });

  test('tells all connections when the database has ended', async () => {
    const { engine, broker, heard, open } = setUp();
    await open(1, 2);
    engine.fails = new Error('out of memory');
    broker.receive(1, query('SELECT 1'));
    await settle();
    for (const id of [1, 2]) expect(heard(id)).toEqual(["error the page's database has ended: out of memory", 'closed']);
  });

  test('does without encryption', async () => {
    const { broker, heard, engine } = setUp();
    broker.open(1);
    broker.receive(1, withoutType(80877103));
    broker.receive(1, startup());
    broker.receive(1, query('SELECT 1'));
    await settle();
    expect(engine.seen).toEqual(['SELECT 1']);
    expect(heard(1)).toContain('SELECT 1');
  });
});

test('an error of the server has its fields', () => {
  const [error] = new Splitter(false).feed(errorResponse('FATAL', '57P02', 'gone'));
  expect(error?.type).toBe('E');
  expect(new TextDecoder().decode(error?.body)).toBe('SFATAL\0VFATAL\0C57P02\0Mgone\0\0');
});
