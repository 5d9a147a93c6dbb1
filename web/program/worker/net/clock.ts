/** The clock of the page's own net. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Resolves after this time; rejects with the signal's reason if it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
