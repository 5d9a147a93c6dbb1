import { monaco } from './monaco-setup.js';

/**
 * Lets keyboard users leave the editor. After Escape the next Tab moves the focus instead of indenting; any other key
 * cancels that. Ctrl+M, Monaco's own, toggles it permanently.
 */
export class TabTrap {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #status = document.createElement('div');
  #escaped = false;

  constructor(parent: HTMLElement, editor: monaco.editor.IStandaloneCodeEditor) {
    this.#editor = editor;
    this.#status.className = 'visually-hidden';
    this.#status.setAttribute('role', 'status');
    parent.append(this.#status);
    editor.onKeyDown(({ keyCode }) => {
      if (keyCode === monaco.KeyCode.Escape) this.#escape();
      else if (keyCode !== monaco.KeyCode.Tab && keyCode !== monaco.KeyCode.Shift) this.#stay();
    });
    editor.onDidBlurEditorWidget(() => this.#stay());
  }

  #escape(): void {
    if (this.#editor.getOption(monaco.editor.EditorOption.tabFocusMode)) return;
    this.#escaped = true;
    this.#editor.updateOptions({ tabFocusMode: true });
    this.#status.textContent = 'Tab now moves on through the page.';
  }

  #stay(): void {
    if (!this.#escaped) return;
    this.#escaped = false;
    this.#editor.updateOptions({ tabFocusMode: false });
    this.#status.textContent = '';
  }
}
