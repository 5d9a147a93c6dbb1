/** Messages between the page and the site's service worker. Each request is answered over the port that comes with it. */

export type ServiceRequest =
  /** Whether the page shall have the headers that isolate it from other origins, from its next load on. */
  | { type: 'isolate'; on: boolean }
  /** Keeps all that a visit needs, so that the next one needs no network. */
  | { type: 'keep' }
  | { type: 'ask' };

export type ServiceReply =
  | {
      type: 'state';
      isolates: boolean;
      /** Of the version of the site that the worker belongs to, below the site's own folder. */
      files: string[];
    }
  | { type: 'failed'; message: string };

/** The files of a built site, as paths below its folder. */
export interface SiteFiles {
  /** A name that no other content has. */
  version: string;
  /** What a visit without network needs. */
  needed: string[];
  /** What some visits need besides: kept once it was asked for. */
  others: string[];
}
