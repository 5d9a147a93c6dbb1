/** How the page gets isolated, apart from the browser itself for the tests. */
export interface Isolation {
  /** Whether the browser could run threads at all, were the page isolated. */
  readonly possible: boolean;
  /** Whether the page is isolated now. */
  readonly on: boolean;
  /** Whether a service worker gives the page its headers; else the server does, if anyone. */
  served(): Promise<boolean>;
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
  reload(): void;
}

/** The box "Real threads". It is not there where nothing can be switched. */
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
    // What the server decided stays so.
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
      this.#report(`Real threads could not be switched: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
