import type { SiteFiles } from '../../../protocol/service.js';

const prefix = 'asyncio-site-';
const downloadsAtOnce = 4;

/**
 * One version of the site in the browser's Cache Storage. Its file names contain a hash, so versions do not mix; only
 * index.html has the same name in all, and a separate cache in each.
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

  /** A file of this version: from the cache, else from the server, and then cached. */
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
   * The cached file of any version: a page opened before an update may request its old files. Never rejects: a failing
   * storage counts as a miss, and the network may have the file.
   */
  async match(url: string): Promise<Response | undefined> {
    const options = { ignoreVary: true };
    try {
      return (await (await this.#open()).match(url, options)) ?? (await this.#storage.match(url, options));
    } catch {
      return undefined;
    }
  }

  /** Caches what a visit needs. Rejects if a file cannot be fetched or stored; files already stored stay. */
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
    // Only revalidates the browser's own cached copy.
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
