/** Errors of the page itself, shown above the editor until someone closes them. */
export class Problems {
  readonly #root: HTMLElement;
  readonly #shown = new Map<string, HTMLElement>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  report(message: string): void {
    if (this.#shown.has(message)) return;
    const problem = document.createElement('div');
    problem.className = 'problem';
    const text = document.createElement('span');
    text.textContent = message;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'quiet';
    close.textContent = 'Close';
    close.addEventListener('click', () => {
      problem.remove();
      this.#shown.delete(message);
    });
    problem.append(text, close);
    this.#shown.set(message, problem);
    this.#root.append(problem);
  }

  /** Also what nobody caught. */
  watch(target: Window): void {
    target.addEventListener('error', (event) => {
      this.report(`The page had an error: ${event.message}. Your text is saved; reload if something does not work.`);
    });
    target.addEventListener('unhandledrejection', (event) => {
      const reason: unknown = event.reason;
      const message = reason instanceof Error ? reason.message : String(reason);
      this.report(`The page had an error: ${message}. Your text is saved; reload if something does not work.`);
    });
  }
}
