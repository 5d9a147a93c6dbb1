import { MOST_REQUESTS, type ServedRequest } from '../../protocol/servers.js';

/** The newest requests of a run, in order of their numbers. */
export class ServedRequests {
  #requests = new Map<number, ServedRequest>();

  get size(): number {
    return this.#requests.size;
  }

  clear(): void {
    this.#requests.clear();
  }

  /** New ones, and changes of those that are still kept. */
  add(requests: ServedRequest[]): void {
    const newest = Math.max(0, ...this.#requests.keys());
    for (const request of requests) {
      if (request.number > newest || this.#requests.has(request.number)) this.#requests.set(request.number, request);
    }
    for (const number of this.#requests.keys()) {
      if (this.#requests.size <= MOST_REQUESTS) break;
      this.#requests.delete(number);
    }
  }

  newestFirst(): ServedRequest[] {
    return [...this.#requests.values()].reverse();
  }
}
