import type { SiteFiles } from '../../../protocol/service.js';

const prefix = 'asyncio-site-';
const downloadsAtOnce = 4;

/**
 * One version of the site in the browser's Cache Storage. Its files carry a hash in their names, so
 * versions do not get mixed; index.html alone has the same name in all, and a cache of its own in each.
 */
export class SiteCache {
  readonly #storage: CacheStorage;
  readonly #scope: string;
  readonly #files: SiteFiles;
  readonly #known: Set<string>;

  constructor(storage: CacheStorage, scope: string, files: SiteFiles) {
    this.#storage = storage;
    this.#scope = scope;
    this.#files = files;
    this.#known = new Set([...files.needed, ...files.others].map((path) => this.#url(path)));
  }

  has(url: string): boolean {
    return this.#known.has(url);
  }

  /** A file of this version: what is kept, else what the server gives, which is kept from then on. */
  async get(url: string): Promise<Response> {
    const kept = await this.match(url);
    if (kept !== undefined) return kept;
    const response = await fetch(url);
    if (!response.ok) return response;
    const copy = response.clone();
    await this.#open()
      .then((cache) => cache.put(url, copy))
      .catch(() => undefined); // no room for it: the page works all the same, as long as there is a network
    return response;
  }

  /**
   * What is kept of any version: a page that was opened before an update may ask for its old files. Never rejects: of a
   * storage that fails there is nothing, and the network may have it.
   */
  async match(url: string): Promise<Response | undefined> {
    const options = { ignoreVary: true };
    try {
      return (await (await this.#open()).match(url, options)) ?? (await this.#storage.match(url, options));
    } catch {
      return undefined;
    }
  }

  /** Keeps what a visit needs. Rejects if a file cannot be had or stored; what was stored stays. */
  async keepNeeded(): Promise<void> {
    const cache = await this.#open();
    const queue = this.#files.needed.map((path) => this.#url(path));
    const work = async (): Promise<void> => {
      for (let url = queue.pop(); url !== undefined; url = queue.pop()) await this.#keep(cache, url);
    };
    await Promise.all(Array.from({ length: downloadsAtOnce }, work));
  }

  async forgetOtherVersions(): Promise<void> {
    for (const name of await this.#storage.keys()) {
      if (name.startsWith(prefix) && name !== this.#name) await this.#storage.delete(name);
    }
  }

  async #keep(cache: Cache, url: string): Promise<void> {
    if ((await cache.match(url, { ignoreVary: true })) !== undefined) return;
    // No more of the network than a look whether the browser's own copy is still right.
    const response = await fetch(url, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${url} could not be fetched: the server answered ${response.status}`);
    await cache.put(url, response);
  }

  #open(): Promise<Cache> {
    return this.#storage.open(this.#name);
  }

  get #name(): string {
    return `${prefix}${this.#files.version}`;
  }

  #url(path: string): string {
    return new URL(path, this.#scope).href;
  }
}
