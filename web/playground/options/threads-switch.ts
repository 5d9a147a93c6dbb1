/** How the page gets isolated, separated from the browser for the tests. */
export interface Isolation {
  /** Whether the browser could run threads if the page were isolated. */
  readonly possible: boolean;
  /** Whether the page is isolated now. */
  readonly on: boolean;
  /** Whether a service worker sets the page's headers; otherwise the server does, if anyone. */
  served(): Promise<boolean>;
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
  reload(): void;
}

/** The checkbox "Real threads". Hidden where nothing can be switched. */
export class ThreadsSwitch {
  readonly #label: HTMLElement;
  readonly #box: HTMLInputElement;
  readonly #isolation: Isolation;
  readonly #report: (message: string) => void;

  constructor(label: HTMLElement, box: HTMLInputElement, isolation: Isolation, report: (message: string) => void) {
    this.#label = label;
    this.#box = box;
    this.#isolation = isolation;
    this.#report = report;
    box.addEventListener('change', () => void this.#change());
  }

  async show(): Promise<void> {
    const { possible, on } = this.#isolation;
    if (!possible) return;
    const served = await this.#isolation.served();
    // Isolation set by the server cannot be switched.
    if (on && !served) return;
    if (served && !on) {
      this.#report('This browser does not isolate the page, so programs have no real threads here. A normal reload may help.');
    }
    this.#box.checked = on;
    this.#label.hidden = false;
  }

  async #change(): Promise<void> {
    this.#box.disabled = true;
    try {
      await (this.#box.checked ? this.#isolation.turnOn() : this.#isolation.turnOff());
      this.#isolation.reload();
    } catch (error) {
      this.#box.checked = this.#isolation.on;
      this.#box.disabled = false;
      this.#report(`The setting for real threads could not be changed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
