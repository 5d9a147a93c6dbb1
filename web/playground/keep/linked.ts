import { shorten } from '../../protocol/shorten.js';
import { blank } from '../gallery/examples.js';
import type { SharedLinks } from '../share/shared-links.js';
import type { Address } from './address.js';
import type { Keep } from './keep.js';
import { projectOf } from './open-snippet.js';

/** Opens what the page's address leads to: at the start, at Back and Forward, and when the address changes. */
export class LinkedPlaces {
  readonly #address: Address;
  readonly #keep: Keep;
  readonly #links: SharedLinks;
  readonly #problem: (message: string) => void;
  /** Only the newest takes effect. */
  #opening = 0;

  constructor(address: Address, keep: Keep, links: SharedLinks, problem: (message: string) => void) {
    this.#address = address;
    this.#keep = keep;
    this.#links = links;
    this.#problem = problem;
  }

  /** To be called once the first place is open. */
  follow(): void {
    this.#address.onTraversal(() => {
      void this.open().then((opened) => {
        if (!opened) this.#address.stay();
      });
    });
  }

  /** Returns false if the address leads nowhere, or to a link that cannot be opened, which is reported. */
  async open(): Promise<boolean> {
    const opening = ++this.#opening;
    const isStale = (): boolean => opening !== this.#opening;
    const { example, snippet, code } = this.#address.place ?? {};
    if (example !== undefined && (await this.#keep.openExample(example))) return true;
    if (example === undefined && snippet !== undefined && (await this.#keep.openSnippet(snippet))) return true;
    if (isStale()) return true;
    if (code !== undefined && (await this.#links.open(code, isStale))) return true;
    this.#address.forget();
    if (code !== undefined || (example ?? snippet) === undefined) return false;
    if (example !== undefined) this.#problem(`There is no example called “${shorten(example, 60)}”. Examples lists all there are.`);
    // It was never edited, or it is deleted.
    await this.#keep.open.openNew(projectOf(blank));
    return true;
  }
}
