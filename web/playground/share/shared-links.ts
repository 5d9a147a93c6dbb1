import type { Keep } from '../keep/keep.js';
import type { Opened } from '../keep/open-snippet.js';
import { LinkBanner } from './link-banner.js';
import { codeIn, projectOfCode, whyNot } from '../../project/link.js';

/** Opens the project in the URL as a new one, not yet stored. */
export class SharedLinks {
  readonly #keep: Keep;
  readonly #problem: (message: string) => void;
  readonly #banner: LinkBanner;
  /** The project opened from the current URL. */
  #shown: string | undefined;

  constructor(keep: Keep, banner: HTMLElement, problem: (message: string) => void) {
    this.#keep = keep;
    this.#problem = problem;
    this.#banner = new LinkBanner(banner, {
      keep: () => void keep.open.keep(),
      goBack: () => void keep.goBack(),
    });
    addEventListener('hashchange', () => void this.open());
  }

  /** Returns false if the URL is not a link, or one that cannot be opened, which is reported. */
  async open(): Promise<boolean> {
    const code = codeIn(location.hash);
    if (code === undefined) return false;
    try {
      const project = await projectOfCode(code);
      await this.#keep.open.openNew(project);
      this.#shown = this.#keep.open.opened.id;
      this.#banner.show(project);
      return true;
    } catch (error) {
      this.#problem(whyNot(error));
      return false;
    }
  }

  /** Something else is open now, or the link's project is stored: a reload must not open the link again. */
  opened({ id, kept }: Opened): void {
    if (this.#shown === undefined || (id === this.#shown && !kept)) return;
    this.#shown = undefined;
    this.#banner.hide();
    if (codeIn(location.hash) !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  }
}
