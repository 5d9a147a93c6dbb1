import { examples } from './examples.js';
import { exampleIn } from '../../project/example-link.js';
import type { GalleryDialog, PythonPane } from './parts.js';

export interface GalleryElements {
  button: HTMLButtonElement;
  toggle: HTMLButtonElement;
  pane: HTMLElement;
}

export interface GalleryActions {
  open(name: string): void;
  problem(message: string): void;
}

interface Parts {
  dialog: GalleryDialog;
  python: PythonPane;
}

/** The examples in the page: the gallery button, links to an example, and the corresponding Python program. */
export class Gallery {
  readonly #elements: GalleryElements;
  readonly #actions: GalleryActions;
  #parts: Promise<Parts> | undefined;
  #current: string | undefined;
  #pythonWanted = false;

  constructor(elements: GalleryElements, actions: GalleryActions) {
    this.#elements = elements;
    this.#actions = actions;
    const { button, toggle } = elements;
    button.addEventListener('click', () => this.#use(({ dialog }) => dialog.show(this.#current)));
    toggle.addEventListener('click', () => this.#wantPython(!this.#pythonWanted));
    addEventListener('hashchange', () => this.followLink());
  }

  /** The example shown now; undefined: none. */
  opened(name: string | undefined): void {
    const current = isExample(name) ? name : undefined;
    if (current === this.#current) return;
    this.#current = current;
    this.#elements.toggle.hidden = current === undefined;
    this.#showPython();
  }

  /** Opens the example named in the URL, if any. */
  followLink(): void {
    const name = exampleIn(location.hash);
    if (name === undefined) return;
    // A reload should show what is open at that time.
    history.replaceState(history.state, '', location.pathname + location.search);
    if (isExample(name)) this.#actions.open(name);
    else this.#actions.problem(`There is no example “${shortened(name)}”. Examples lists all of them.`);
  }

  #wantPython(wanted: boolean): void {
    this.#pythonWanted = wanted;
    this.#elements.toggle.setAttribute('aria-pressed', String(wanted));
    this.#showPython();
    if (!wanted) this.#elements.toggle.focus();
  }

  #showPython(): void {
    const name = this.#current;
    if (!this.#pythonWanted || name === undefined) {
      this.#elements.pane.hidden = true;
      return;
    }
    this.#use(({ python }) => {
      if (this.#pythonWanted && this.#current === name) python.show(name);
    });
  }

  #use(action: (parts: Parts) => void): void {
    this.#parts ??= this.#load();
    this.#parts.then(action, (error: unknown) => {
      this.#parts = undefined;
      this.#actions.problem(`The examples could not be loaded: ${String(error)}. Try again.`);
    });
  }

  async #load(): Promise<Parts> {
    const { GalleryDialog, PythonPane, chapters } = await import('./parts.js');
    return {
      dialog: new GalleryDialog(chapters, (name) => this.#actions.open(name)),
      python: new PythonPane(this.#elements.pane, chapters, {
        close: () => this.#wantPython(false),
        tokensOf: async (text) => (await import('../../editor/python-tokens.js')).pythonTokens(text),
      }),
    };
  }
}

function isExample(name: string | undefined): boolean {
  return examples.some((example) => example.name === name);
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
