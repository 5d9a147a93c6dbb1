/** The time of the page's own net. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Resolves after so long; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
