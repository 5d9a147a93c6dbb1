import { describe, expect, test } from '@jest/globals';
import type { DatabaseReply, DatabaseRequest } from '../../../protocol/database.js';
import { InFlight } from '../in-flight.js';
import { Database } from './database.js';

const code = { script: 'script', module: new ArrayBuffer(1), initdb: new ArrayBuffer(1), data: new ArrayBuffer(1) };

function setUp(): { database: Database; inFlight: InFlight; asked: () => number; posted: DatabaseRequest[]; reply: (reply: DatabaseReply) => void; crash: (message: string) => void; log: string[]; events: (name: string) => Parameters<Database['connect']>[0] } {
  const inFlight = new InFlight();
  const posted: DatabaseRequest[] = [];
  const log: string[] = [];
  let asked = 0;
  let reply: (reply: DatabaseReply) => void = () => undefined;
  let crash: (message: string) => void = () => undefined;
  const database = new Database(inFlight, (_script, onReply, onFailed) => {
    reply = onReply;
    crash = onFailed;
    return { post: (request) => void posted.push(request) };
  });
  database.attach(() => {
    asked += 1;
  });
  return {
    database,
    inFlight,
    posted,
    log,
    asked: () => asked,
    reply: (message) => { reply(message); },
    crash: (message) => { crash(message); },
    events: (name) => ({
      opened: () => void log.push(`${name} opened`),
      failed: (message) => void log.push(`${name} failed: ${message}`),
      message: (data) => void log.push(`${name} got ${String(data)}`),
      closed: (status) => void log.push(`${name} closed ${status}`),
    }),
  };
}

describe("the program's end of the database", () => {
  test('asks the page once, and opens all connections when PostgreSQL has started', () => {
    const { database, asked, posted, reply, log, events, inFlight } = setUp();
    expect(asked()).toBe(0);
    database.connect(events('a'));
    database.connect(events('b'));
    expect(asked()).toBe(1);
    expect(inFlight.real).toBe(2);
    database.start(code);
    expect(posted.map(({ type }) => type)).toEqual(['start']);
    expect(log).toEqual([]);
    reply({ type: 'ready' });
    expect(log).toEqual(['a opened', 'b opened']);
    expect(inFlight.real).toBe(0);
  });

  test('takes real time while the server owes an answer', () => {
    const { database, posted, reply, log, events, inFlight } = setUp();
    const wire = database.connect(events('a'));
    database.start(code);
    reply({ type: 'ready' });
    wire.send(Uint8Array.of(1, 2));
    wire.send(Uint8Array.of(3));
    expect(inFlight.real).toBe(1);
    reply({ type: 'data', id: 1, bytes: Uint8Array.of(7) });
    expect(inFlight.real).toBe(0);
    expect(log.at(-1)).toBe('a got 7');
    expect(posted.slice(1)).toEqual([{ type: 'open', id: 1 }, { type: 'data', id: 1, bytes: Uint8Array.of(1, 2) }, { type: 'data', id: 1, bytes: Uint8Array.of(3) }]);
  });

  test('tells of a page without a database, and asks again for the next connection', () => {
    const { database, asked, log, events, inFlight } = setUp();
    database.connect(events('a'));
    database.fail('no network');
    expect(log).toEqual(['a failed: no network']);
    expect(inFlight.real).toBe(0);
    database.connect(events('b'));
    expect(asked()).toBe(2);
  });

  test('ends every connection when the worker fails', async () => {
    const { database, log, crash, reply, events, inFlight } = setUp();
    const wire = database.connect(events('a'));
    database.start(code);
    reply({ type: 'ready' });
    wire.send(Uint8Array.of(1));
    crash('out of memory');
    expect(log.at(-1)).toBe('a closed 1011');
    wire.close(1000, '');
    await Promise.resolve();
    expect(log.length).toBe(2);
    expect(inFlight.real).toBe(0);
  });

  test('ends a connection from either side, once', async () => {
    const { database, posted, log, reply, events } = setUp();
    const a = database.connect(events('a'));
    database.connect(events('b'));
    database.start(code);
    reply({ type: 'ready' });
    a.close(1000, '');
    a.close(1000, '');
    reply({ type: 'data', id: 1, bytes: Uint8Array.of(1) });
    reply({ type: 'closed', id: 2 });
    await Promise.resolve();
    expect(log.slice(2)).toEqual(['b closed 1000', 'a closed 1000']);
    expect(posted.at(-1)).toEqual({ type: 'close', id: 1 });
  });
});
