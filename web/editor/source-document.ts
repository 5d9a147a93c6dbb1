/** A file of the project: its name, and its text, wherever an editor holds it. */
export class SourceDocument {
  name: string;
  #text: () => string;

  constructor(name: string, text: string) {
    this.name = name;
    // The compiler and the stored text must count lines the same way.
    const lines = text.replaceAll(/\r\n?/g, '\n');
    this.#text = () => lines;
  }

  get text(): string {
    return this.#text();
  }

  /** From now on an editor holds the text. */
  keptBy(text: () => string): void {
    this.#text = text;
  }
}
