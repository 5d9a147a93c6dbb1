import type { Session } from './api.js';

/** The exports of `embed/session.js` in the assets, used by the package's entry. */
export interface SessionScript {
  readonly version: string;
  /** Throws a user-readable Error if this browser cannot run programs. */
  readonly openSession: () => Session;
}
