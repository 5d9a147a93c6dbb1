import { make, makeButton } from '../keep/dom.js';
import type { Project } from '../../project/project.js';
import { contentsOf } from './contents.js';

export interface LinkBannerActions {
  keep: () => void;
  goBack: () => void;
}

/** Describes the contents of a share link, until the user stores them. */
export class LinkBanner {
  readonly #root: HTMLElement;
  readonly #text = make('span', '');

  constructor(root: HTMLElement, actions: LinkBannerActions) {
    this.#root = root;
    root.append(
      this.#text,
      make(
        'span',
        'toast-buttons',
        makeButton('Keep it', actions.keep, { className: '' }),
        makeButton('Back to my snippet', actions.goBack, { className: '' }),
        makeButton('Close', () => this.hide()),
      ),
    );
    this.hide();
  }

  show(project: Project): void {
    this.#text.textContent = `From a link: “${project.title}”, ${contentsOf(project)}. It has not run; your own snippets are unchanged.`;
    this.#root.hidden = false;
  }

  hide(): void {
    this.#root.hidden = true;
  }
}
