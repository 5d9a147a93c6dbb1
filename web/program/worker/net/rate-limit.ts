/** Limits the number of requests in a sliding time window. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #taken: number[] = [];

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts a request, or returns the milliseconds until one is allowed again. */
  take(now: number): number | undefined {
    while (this.#taken.length > 0 && (this.#taken[0] ?? 0) <= now - this.#windowMs) this.#taken.shift();
    const [first] = this.#taken;
    if (first !== undefined && this.#taken.length >= this.#most) return first + this.#windowMs - now;
    this.#taken.push(now);
    return undefined;
  }
}
