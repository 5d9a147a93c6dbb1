import type { Keep } from '../keep/keep.js';
import type { Opened } from '../keep/open-snippet.js';
import { LinkBanner } from './link-banner.js';
import { projectOfCode, whyNot } from '../../project/link.js';

/** Opens the project of a share link as a new one, not yet stored. */
export class SharedLinks {
  readonly #keep: Keep;
  readonly #problem: (message: string) => void;
  readonly #banner: LinkBanner;
  /** The project opened from a link. */
  #shown: string | undefined;

  constructor(keep: Keep, banner: HTMLElement, problem: (message: string) => void) {
    this.#keep = keep;
    this.#problem = problem;
    this.#banner = new LinkBanner(banner, {
      keep: () => void keep.open.keep(),
      goBack: () => void keep.goBack(),
    });
  }

  /** Returns false if it cannot be opened, which is reported. `isStale` says that something else is wanted meanwhile. */
  async open(code: string, isStale: () => boolean): Promise<boolean> {
    try {
      const project = await projectOfCode(code);
      if (isStale()) return true;
      await this.#keep.open.openNew(project, { code });
      this.#shown = this.#keep.open.opened.id;
      this.#banner.show(project);
      return true;
    } catch (error) {
      this.#problem(whyNot(error));
      return false;
    }
  }

  /** Something else is open now, or the link's project is stored. */
  opened({ id, kept }: Opened): void {
    if (this.#shown === undefined || (id === this.#shown && !kept)) return;
    this.#shown = undefined;
    this.#banner.hide();
  }
}
