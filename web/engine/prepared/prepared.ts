import { programKey } from './text-key.js';

/** The output of `npm run embed`: programs compiled when the site was built. */
export interface PreparedManifest {
  /** Version of the manifest format. */
  form: typeof manifestForm;
  /** The runtime whose main module these match. */
  runtime: string;
  /** By program key: the name of its file, next to the manifest. */
  modules: Record<string, string>;
}

export const manifestForm = 1;

export type Found =
  | { type: 'module'; module: Uint8Array }
  /** The program has to be compiled; `why` is a sentence. */
  | { type: 'none'; why: string };

export interface PreparedParts {
  runtime: string;
  fetch(url: string): Promise<Response>;
}

/** Finds precompiled programs. Each manifest is fetched once; a failed fetch is retried. */
export class Prepared {
  readonly #parts: PreparedParts;
  readonly #manifests = new Map<string, Promise<PreparedManifest>>();

  constructor(parts: PreparedParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async find(manifestUrl: string, text: string, threads = false): Promise<Found> {
    try {
      const manifest = await this.#manifest(manifestUrl);
      if (manifest.runtime !== this.#parts.runtime) {
        throw new Error(`it was compiled for version ${manifest.runtime} of the runtime, and this is ${this.#parts.runtime}`);
      }
      const file = manifest.modules[programKey(text, threads)];
      if (file === undefined) throw new Error('the manifest does not list it');
      const response = await this.#get(new URL(file, manifestUrl).href);
      return { type: 'module', module: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { type: 'none', why: `The version compiled ahead of time cannot be used (${why}), so the program is compiled here.` };
    }
  }

  #manifest(url: string): Promise<PreparedManifest> {
    const known = this.#manifests.get(url);
    if (known !== undefined) return known;
    const fetched = this.#get(url).then(async (response) => readManifest(await response.text()));
    this.#manifests.set(url, fetched);
    fetched.catch(() => this.#manifests.delete(url));
    return fetched;
  }

  async #get(url: string): Promise<Response> {
    const name = new URL(url).pathname.split('/').at(-1) ?? url;
    let response: Response;
    try {
      response = await this.#parts.fetch(url);
    } catch (cause) {
      throw new Error(`${name} could not be fetched`, { cause });
    }
    if (!response.ok) throw new Error(`the server answered ${response.status} for ${name}`);
    return response;
  }
}

function readManifest(text: string): PreparedManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the manifest is not JSON');
  }
  const { form, runtime, modules } = isRecord(value) ? value : {};
  if (form !== manifestForm) throw new Error(`the manifest has format ${String(form)}, and this page reads format ${manifestForm}`);
  if (typeof runtime !== 'string' || !isRecord(modules) || !Object.values(modules).every((file) => typeof file === 'string')) {
    throw new Error('the manifest is not valid');
  }
  return { form: manifestForm, runtime, modules: modules as Record<string, string> };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
