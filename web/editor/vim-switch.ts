import type { monaco } from './monaco-setup.js';

export interface VimElements {
  /** Shows Vim's mode, and takes its commands and searches. */
  status: HTMLElement;
  report(message: string): void;
}

/** Vim's keys in Monaco. Their code is loaded when they are first switched on. */
export class VimSwitch {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #elements: VimElements;
  #wanted = false;
  #keys: { dispose(): void } | undefined;

  constructor(editor: monaco.editor.IStandaloneCodeEditor, elements: VimElements) {
    this.#editor = editor;
    this.#elements = elements;
  }

  set(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    if (on) {
      this.#load().catch((error: unknown) => {
        this.#wanted = false;
        this.#elements.report(`Vim keys could not be loaded (${String(error)}). Switch them off and on again to retry.`);
      });
    } else {
      this.#keys?.dispose();
      this.#keys = undefined;
    }
  }

  async #load(): Promise<void> {
    const { vimKeys } = await import('./monaco-vim-keys.js');
    // They may have been switched off meanwhile.
    if (this.#wanted) this.#keys ??= vimKeys(this.#editor, this.#elements.status);
  }
}
