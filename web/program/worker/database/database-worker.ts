/** Runs PostgreSQL for the connections of one program. Made for its first connection, and ends with the program. */
import { PGlite } from '@electric-sql/pglite';
import type { DatabaseReply, DatabaseRequest } from '../../../protocol/database.js';
import { Broker } from './broker.js';
import { concatenate } from './messages.js';

declare const self: DedicatedWorkerGlobalScope;

let broker: Broker | undefined;

self.onmessage = ({ data: request }: MessageEvent<DatabaseRequest>) => {
  switch (request.type) {
    case 'start':
      start(request).catch((error: unknown) => {
        reply({ type: 'failed', message: `PostgreSQL could not be started: ${error instanceof Error ? error.message : String(error)}` });
      });
      break;
    case 'open':
      broker?.open(request.id);
      break;
    case 'data':
      broker?.receive(request.id, request.bytes);
      break;
    case 'close':
      broker?.close(request.id);
      break;
  }
};

async function start({ module, initdb, data }: Extract<DatabaseRequest, { type: 'start' }>): Promise<void> {
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([WebAssembly.compile(module), WebAssembly.compile(initdb)]);
  const database = await PGlite.create({ pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([data]) });
  broker = new Broker(
    {
      async exchange(bytes) {
        const parts: Uint8Array<ArrayBuffer>[] = [];
        await database.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (part) => parts.push(part.slice()) });
        return concatenate(parts);
      },
    },
    reply,
  );
  reply({ type: 'ready' });
}

function reply(message: DatabaseReply): void {
  self.postMessage(message, message.type === 'data' ? [message.bytes.buffer] : []);
}
