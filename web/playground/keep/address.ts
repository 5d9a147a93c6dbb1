import { exampleIn, linkTo } from '../../project/example-link.js';
import { codeIn } from '../../project/link.js';
import { readPlace, samePlace, type Place } from './place.js';

/**
 * The page's address and the entries of the browser's history. An example and a share link are in the address; a
 * snippet of the user's own is only in the state of its entry, since it is nowhere but in this browser.
 */
export class Address {
  readonly #page: Pick<Window, 'location' | 'history' | 'addEventListener'>;
  #shown: Place | undefined;

  constructor(page: Pick<Window, 'location' | 'history' | 'addEventListener'>) {
    this.#page = page;
  }

  /** Where the current entry leads; undefined: nowhere in particular. */
  get place(): Place | undefined {
    const { hash } = this.#page.location;
    const example = exampleIn(hash);
    if (example !== undefined) return { example };
    const state = readPlace(this.#page.history.state);
    const code = codeIn(hash);
    if (code !== undefined) return { ...state, code };
    return state.snippet === undefined && state.example === undefined ? undefined : state;
  }

  /** Called after Back and Forward, and after a change of the address by hand or by a link. */
  onTraversal(listener: () => void): void {
    this.#page.addEventListener('popstate', listener);
  }

  /** Something else is open, or the same once more: a new entry, unless the current one led to it. */
  opened(place: Place): void {
    const { place: here } = this;
    const again = this.#shown !== undefined && samePlace(this.#shown, place);
    this.#shown = place;
    if (here !== undefined && !samePlace(here, place)) this.#page.history.pushState(stateOf(place), '', this.#urlOf(place));
    else this.#replace(place, again);
  }

  /** What is open has another place from now on. */
  moved(place: Place): void {
    const { place: here } = this;
    const before = this.#shown;
    this.#shown = place;
    if (before === undefined || here === undefined || !samePlace(here, before)) return;
    if (before.code !== undefined || !samePlace(before, place)) this.#replace(place, true);
  }

  /** The current entry leads to nothing that can be opened. */
  forget(): void {
    this.#page.history.replaceState(null, '', this.#plainUrl);
  }

  /** The current entry becomes that of what is open. */
  stay(): void {
    if (this.#shown !== undefined) this.#replace(this.#shown, true);
  }

  /** An address that led here stays as it is, also one that names nothing. */
  #replace(place: Place, named: boolean): void {
    this.#page.history.replaceState(stateOf(place), '', named ? this.#urlOf(place) : undefined);
  }

  #urlOf({ example, code }: Place): string {
    if (example !== undefined) return this.#plainUrl + linkTo(example);
    return code === undefined ? this.#plainUrl : this.#page.location.href;
  }

  get #plainUrl(): string {
    const { pathname, search } = this.#page.location;
    return pathname + search;
  }
}

/** The code is in the address. */
function stateOf({ snippet, example }: Place): Place {
  return { ...(snippet !== undefined && { snippet }), ...(example !== undefined && { example }) };
}
