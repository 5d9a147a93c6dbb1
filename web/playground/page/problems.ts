import { makeToast, type Remedy } from './toast.js';

export const reload: Remedy = { label: 'Reload', apply: () => location.reload() };

/** Errors of the page itself, shown until they are closed. */
export class Problems {
  readonly #root: HTMLElement;
  readonly #shown = new Map<string, HTMLElement>();
  /** Whether edits would survive a reload; undefined while unknown. */
  textIsSaved: (() => boolean) | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  report(message: string, remedy?: Remedy): void {
    if (this.#shown.has(message)) return;
    const close = (): void => {
      problem.remove();
      this.#shown.delete(message);
    };
    const problem = makeToast('problem', message, close, remedy);
    this.#shown.set(message, problem);
    this.#root.append(problem);
  }

  /** The end of a message after which users may reload the page. */
  get whatOfTheText(): string {
    const saved = this.textIsSaved?.();
    if (saved === undefined) return '';
    return saved ? 'Your text is saved.' : 'Your text is not saved: copy it, or save it as a file, before you reload.';
  }

  /** Includes uncaught errors. */
  watch(target: Window): void {
    target.addEventListener('error', (event) => {
      // A browser may leave the message empty.
      this.#failed(event.error instanceof Error ? event.error.message : event.message);
    });
    target.addEventListener('unhandledrejection', (event) => {
      const reason: unknown = event.reason;
      this.#failed(reason instanceof Error ? reason.message : String(reason));
    });
  }

  #failed(message: string): void {
    const told = message.replace(/\.$/, '');
    const sentence = `The page had an error: ${told}. ${this.whatOfTheText} Reload if something does not work.`;
    this.report(sentence.replaceAll('  ', ' '), reload);
  }
}
