import type { Keep } from '../keep/keep.js';
import type { Opened } from '../keep/open-snippet.js';
import { LinkBanner } from './link-banner.js';
import { codeIn, projectOfCode, whyNot } from '../../project/link.js';

/** Opens what the address holds, as something new that is not the visitor's yet. */
export class SharedLinks {
  readonly #keep: Keep;
  readonly #problem: (message: string) => void;
  readonly #banner: LinkBanner;
  /** What came by the address as it is now. */
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

  /** False where the address is no link, or one that cannot be opened; that is said. */
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

  /** Something else is open now, or what came by the link is kept: a reload must not open the link once more. */
  opened({ id, kept }: Opened): void {
    if (this.#shown === undefined || (id === this.#shown && !kept)) return;
    this.#shown = undefined;
    this.#banner.hide();
    if (codeIn(location.hash) !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  }
}
