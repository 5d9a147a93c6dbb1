import type { Session } from './api.js';

/** What the package's entry finds in `embed/session.js` of the assets. */
export interface SessionScript {
  readonly version: string;
  /** Throws an Error for people where this browser can run nothing. */
  readonly openSession: () => Session;
}
