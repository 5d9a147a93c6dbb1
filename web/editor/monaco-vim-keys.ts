import { initVimMode, StatusBar } from 'monaco-vim';
import { monaco } from './monaco-setup.js';

class VimStatus extends StatusBar {
  override setText(mode: string): void {
    super.setText(mode.replaceAll('--', ''));
  }

  override setKeyBuffer(keys: string): void {
    super.setKeyBuffer(keys.replaceAll('<Esc>', ''));
  }

  /** The field of the prompt has no name of its own. */
  override setSec(...args: Parameters<StatusBar['setSec']>): ReturnType<StatusBar['setSec']> {
    const [prompt] = args;
    if (prompt instanceof DocumentFragment) prompt.querySelector('input')?.setAttribute('aria-label', 'Vim command');
    return super.setSec(...args);
  }
}

/** Gives the editor Vim's keys until they are disposed. */
export function vimKeys(editor: monaco.editor.IStandaloneCodeEditor, status: HTMLElement): { dispose(): void } {
  // In each mode Escape is Vim's: the page, where it stops the program, must not take it.
  const escape = editor.onKeyDown((event) => {
    if (event.keyCode === monaco.KeyCode.Escape) event.preventDefault();
  });
  const vim = initVimMode(editor, status, VimStatus);
  status.hidden = false;
  return {
    dispose() {
      escape.dispose();
      vim.dispose();
      status.hidden = true;
    },
  };
}
