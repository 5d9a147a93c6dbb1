/** Standard input that is entered before the run. */
export class StdinField {
  readonly #field: HTMLTextAreaElement;
  /** What the field was given, until someone types: it makes one line's end of all, and empty it means that the console asks. */
  #given: string | undefined;
  readonly #listeners: (() => void)[] = [];

  constructor(field: HTMLTextAreaElement) {
    this.#field = field;
    field.addEventListener('input', () => {
      this.#given = undefined;
      for (const listener of this.#listeners) listener();
    });
  }

  /** Called when the user types. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Null: the console asks for it while the program runs. */
  get text(): string | null {
    if (this.#given !== undefined) return this.#given;
    return this.#field.value === '' ? null : this.#field.value;
  }

  set text(text: string | null) {
    this.#field.value = text ?? '';
    this.#given = text ?? undefined;
  }
}
