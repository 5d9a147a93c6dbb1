import { examples } from './examples.js';
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

/** The examples in the page: the gallery button and the corresponding Python program. */
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
  }

  /** The example shown now; undefined: none. */
  opened(name: string | undefined): void {
    const current = isExample(name) ? name : undefined;
    if (current === this.#current) return;
    this.#current = current;
    this.#elements.toggle.hidden = current === undefined;
    this.#showPython();
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
