import { InFlight } from '../in-flight.js';
import { FileStorage } from './file-storage.js';
import { Http, type Fetch } from './http.js';
import { Input } from './input.js';
import { Promises } from './promises.js';
import { WebSockets, type Connect } from './websocket.js';

/** The runtime's browser backend finds this as `Module.asyncioIo`: the external I/O, one member per kind. */
export interface Io {
  promises: Promises;
  http: Http;
  input: Input;
  websocket: WebSockets;
  files: FileStorage;
}

export function createIo(fetch: Fetch, connect: Connect, inFlight = new InFlight()): Io {
  return {
    promises: new Promises(inFlight),
    http: new Http(fetch, inFlight),
    input: new Input(inFlight),
    websocket: new WebSockets(connect),
    files: new FileStorage(inFlight),
  };
}
