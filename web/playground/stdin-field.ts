/** Standard input that is given before the run. */
export class StdinField {
  readonly #field: HTMLTextAreaElement;
  /** An empty input, where an empty field alone means that the console asks for it. */
  #isEmpty = false;
  readonly #listeners: (() => void)[] = [];

  constructor(field: HTMLTextAreaElement) {
    this.#field = field;
    field.addEventListener('input', () => {
      this.#isEmpty = false;
      for (const listener of this.#listeners) listener();
    });
  }

  /** When it is typed into. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Null: the console asks for it while the program runs. */
  get text(): string | null {
    return this.#field.value === '' && !this.#isEmpty ? null : this.#field.value;
  }

  set text(text: string | null) {
    this.#field.value = text ?? '';
    this.#isEmpty = text === '';
  }
}
