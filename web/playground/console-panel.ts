import { ConsoleBuffer, type Voice } from '../panels/console-buffer.js';
import { ConsoleView } from '../panels/console-view.js';

/** The console's text and its view, kept together. */
export class ConsolePanel {
  readonly #buffer = new ConsoleBuffer();
  readonly #view: ConsoleView;

  constructor(root: HTMLElement) {
    this.#view = new ConsoleView(root, this.#buffer);
  }

  /** Where the program's cursor stands. */
  write(voice: Voice, text: string): void {
    this.#buffer.append(voice, text);
    this.#view.changed();
  }

  say(voice: Voice, text: string): void {
    this.#buffer.appendLine(voice, text);
    this.#view.changed();
  }

  clear(): void {
    this.#buffer.clear();
    this.#view.cleared();
  }

  text(): string {
    return this.#buffer.text();
  }
}
