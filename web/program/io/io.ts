import { Http, type Fetch } from './http.js';
import { Input } from './input.js';
import { Promises } from './promises.js';

/** What the runtime's browser backend finds as `Module.asyncioIo`: the outside world, a part a member. */
export interface Io {
  promises: Promises;
  http: Http;
  input: Input;
}

export function createIo(fetch: Fetch): Io {
  return { promises: new Promises(), http: new Http(fetch), input: new Input() };
}
