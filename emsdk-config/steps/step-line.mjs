const barWidth = 20;

/** The line of one step: in a terminal it shows a progress bar and the seconds, elsewhere it is written once. */
export class StepLine {
  #started = performance.now();
  #begun = false;
  #detail = '';
  #bar = '';
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @param {NodeJS.WriteStream} out
   * @param {string} title
   */
  constructor(out, title) {
    this.out = out;
    this.title = title;
    this.live = out.isTTY === true;
  }

  /** @param {string} detail */
  begin(detail) {
    if (detail !== '') this.#detail = `: ${detail}`;
    if (this.#begun) return;
    this.#begun = true;
    if (!this.live) {
      this.out.write(`${this.title}${this.#detail} …`);
      return;
    }
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), 500);
    this.#timer.unref();
  }

  /** @param {{ done: number, all: number }} counter */
  progress({ done, all }) {
    const filled = Math.round((barWidth * done) / Math.max(all, 1));
    this.#bar = ` [${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${done}/${all}`;
    if (this.live) this.#draw();
  }

  /** @param {string} outcome empty on success */
  end(outcome) {
    clearInterval(this.#timer);
    if (!this.#begun) {
      if (outcome !== '') this.out.write(`${this.title} … ${outcome} ${this.#seconds()}\n`);
      return;
    }
    const end = `${outcome === '' ? '' : ` ${outcome}`} ${this.#seconds()}`;
    this.out.write(this.live ? `\r\x1b[K${this.title}${this.#detail} …${end}\n` : `${end}\n`);
  }

  #draw() {
    const text = `${this.title}${this.#detail}${this.#bar} ${this.#seconds()}`;
    this.out.write(`\r\x1b[K${text.slice(0, Math.max(20, (this.out.columns ?? 80) - 1))}`);
  }

  #seconds() {
    return `${Math.round((performance.now() - this.#started) / 1000)} s`;
  }
}
