/** A file of the project: its name, and its text wherever an editor keeps it. */
export class SourceDocument {
  name: string;
  #text: () => string;

  constructor(name: string, text: string) {
    this.name = name;
    // What is compiled and what is saved count lines the same way.
    const lines = text.replaceAll(/\r\n?/g, '\n');
    this.#text = () => lines;
  }

  get text(): string {
    return this.#text();
  }

  /** From now on an editor keeps the text. */
  keptBy(text: () => string): void {
    this.#text = text;
  }
}
