import { formatBytes } from './format.js';

export type LoadState =
  | { type: 'waiting' }
  | { type: 'loading'; phase: 'download' | 'prepare'; loadedBytes: number; totalBytes: number }
  | { type: 'ready' }
  | { type: 'failed'; message: string };

/** One line about the compiler: its loading progress, or an error with a retry button. */
export class LoadStatus {
  readonly #text = document.createElement('span');
  readonly #bar = document.createElement('progress');
  readonly #retry = document.createElement('button');
  readonly #root: HTMLElement;

  constructor(root: HTMLElement, retry: () => void) {
    this.#root = root;
    this.#retry.type = 'button';
    this.#retry.textContent = 'Retry';
    this.#retry.addEventListener('click', retry);
    root.append(this.#text, this.#bar, this.#retry);
    this.show({ type: 'waiting' });
  }

  show(state: LoadState): void {
    this.#text.textContent = describeLoad(state);
    this.#root.dataset['state'] = state.type;
    this.#retry.hidden = state.type !== 'failed';
    this.#bar.hidden = state.type !== 'loading';
    if (state.type !== 'loading') return;
    this.#bar.setAttribute('aria-label', 'Compiler download');
    if (state.phase === 'download' && state.totalBytes > 0) {
      this.#bar.max = state.totalBytes;
      this.#bar.value = Math.min(state.loadedBytes, state.totalBytes);
    } else {
      this.#bar.removeAttribute('value');
    }
  }
}

export function describeLoad(state: LoadState): string {
  switch (state.type) {
    case 'waiting':
      return 'Compiler: not loaded yet';
    case 'loading':
      if (state.phase === 'prepare') return 'Compiler: preparing';
      return state.totalBytes > 0
        ? `Compiler: ${formatBytes(state.loadedBytes)} of ${formatBytes(state.totalBytes)}`
        : `Compiler: ${formatBytes(state.loadedBytes)}`;
    case 'ready':
      return 'Compiler ready';
    case 'failed':
      return `The compiler could not be loaded: ${state.message}`;
  }
}
