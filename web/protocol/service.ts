/** Messages between the page and the site's service worker. Each request is answered on the port that comes with it. */

export type ServiceRequest =
  /** Whether to add the headers that isolate the page from other origins, from its next load on. */
  | { type: 'isolate'; on: boolean }
  /** Caches everything a visit needs, so that the next one works offline. */
  | { type: 'keep' }
  | { type: 'ask' };

export type ServiceReply =
  | {
      type: 'state';
      isolates: boolean;
      /** For the worker's version of the site, relative to the site's folder. */
      files: string[];
    }
  | { type: 'failed'; message: string };

/** The files of a built site, as paths below its folder. */
export interface SiteFiles {
  /** Unique for this content. */
  version: string;
  /** What an offline visit needs. */
  needed: string[];
  /** What only some visits need: cached once requested. */
  others: string[];
}
