import { shorten } from '../../protocol/shorten.js';

/** Maximum characters: longer messages are not read, and may contain a program's text. */
const longest = 1_000;

/** A way to resolve a problem. */
export interface Remedy {
  label: string;
  apply: () => void;
}

export const reload: Remedy = { label: 'Reload', apply: () => location.reload() };

/** Errors of the page itself, shown above the editor until closed. */
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
    const problem = document.createElement('div');
    problem.className = 'problem';
    const text = document.createElement('span');
    text.textContent = shorten(message, longest);
    const close = (): void => {
      problem.remove();
      this.#shown.delete(message);
    };
    const buttons = document.createElement('span');
    buttons.className = 'problem-buttons';
    if (remedy !== undefined) {
      const apply = (): void => {
        close();
        remedy.apply();
      };
      buttons.append(button(remedy.label, apply));
    }
    buttons.append(button('Close', close));
    problem.append(text, buttons);
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

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet';
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}
