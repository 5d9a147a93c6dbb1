/** What can be done about a problem. */
export interface Remedy {
  label: string;
  apply: () => void;
}

/** Errors of the page itself, shown above the editor until someone closes them. */
export class Problems {
  readonly #root: HTMLElement;
  readonly #shown = new Map<string, HTMLElement>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  report(message: string, remedy?: Remedy): void {
    if (this.#shown.has(message)) return;
    const problem = document.createElement('div');
    problem.className = 'problem';
    const text = document.createElement('span');
    text.textContent = message;
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

  /** Also what nobody caught. */
  watch(target: Window): void {
    target.addEventListener('error', (event) => {
      this.#failed(event.message);
    });
    target.addEventListener('unhandledrejection', (event) => {
      const reason: unknown = event.reason;
      this.#failed(reason instanceof Error ? reason.message : String(reason));
    });
  }

  #failed(message: string): void {
    this.report(`The page had an error: ${message}. Your text is saved; reload if something does not work.`, {
      label: 'Reload',
      apply: () => location.reload(),
    });
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
