import { freeName, nameProblem } from '../project/file-names.js';
import { SourceDocument } from './source-document.js';

export interface NamedText {
  name: string;
  text: string;
}

/** The kind of change: other files were opened, another one is shown, or one was added, renamed, moved or closed. */
export type FilesChange = 'opened' | 'shown' | 'edited';

/** The files of the open project. The first is the program itself: it cannot be closed or renamed. */
export class OpenFiles {
  readonly #main: string;
  readonly #listeners: ((change: FilesChange) => void)[] = [];
  #documents: SourceDocument[];
  #current: SourceDocument;
  #closed: { document: SourceDocument; index: number } | undefined;

  constructor(main: string) {
    this.#main = main;
    this.#current = new SourceDocument(main, '');
    this.#documents = [this.#current];
  }

  get documents(): readonly SourceDocument[] {
    return this.#documents;
  }

  get current(): SourceDocument {
    return this.#current;
  }

  /** The file that reopen() would restore. */
  get closed(): SourceDocument | undefined {
    return this.#closed?.document;
  }

  get names(): string[] {
    return this.#documents.map(({ name }) => name);
  }

  /** Maps name to text. */
  get texts(): Record<string, string> {
    return Object.fromEntries(this.#documents.map(({ name, text }) => [name, text]));
  }

  find(name: string): SourceDocument | undefined {
    return this.#documents.find((document) => document.name === name);
  }

  /** Replaces the open files. A file whose name is taken is renamed, never dropped. */
  open(files: readonly NamedText[]): void {
    const documents = files.length === 0 ? [new SourceDocument(this.#main, '')] : [];
    for (const { name, text } of files) {
      const wanted = documents.length === 0 ? this.#main : name;
      documents.push(new SourceDocument(freeName(wanted, documents.map((other) => other.name)), text));
    }
    this.#documents = documents;
    this.#current = documents[0] ?? this.#current;
    this.#closed = undefined;
    this.#tell('opened');
  }

  show(document: SourceDocument): void {
    if (document === this.#current || !this.#documents.includes(document)) return;
    this.#current = document;
    this.#tell('shown');
  }

  isMain(document: SourceDocument): boolean {
    return document === this.#documents[0];
  }

  /** Why `name` is invalid for a new file, or for this one. */
  problemOf(name: string, document?: SourceDocument): string | undefined {
    return nameProblem(name, this.names.filter((other) => other !== document?.name));
  }

  add(name: string, text = ''): void {
    this.#check(name);
    this.#current = new SourceDocument(name, text);
    this.#documents.push(this.#current);
    this.#closed = undefined;
    this.#tell('edited');
  }

  rename(document: SourceDocument, name: string): void {
    if (this.isMain(document) || name === document.name) return;
    this.#check(name, document);
    document.name = name;
    this.#tell('edited');
  }

  /** To the left (-1) or right (1); the program stays first. */
  move(document: SourceDocument, by: -1 | 1): void {
    const from = this.#documents.indexOf(document);
    const to = from + by;
    if (from < 1 || to < 1 || to >= this.#documents.length) return;
    this.#documents.splice(from, 1);
    this.#documents.splice(to, 0, document);
    this.#tell('edited');
  }

  close(document: SourceDocument): void {
    const index = this.#documents.indexOf(document);
    if (index < 1) return;
    this.#documents.splice(index, 1);
    this.#closed = { document, index };
    if (document === this.#current) this.#current = this.#documents[index - 1] ?? document;
    this.#tell('edited');
  }

  /** Restores the last closed file. */
  reopen(): void {
    if (this.#closed === undefined) return;
    const { document, index } = this.#closed;
    document.name = freeName(document.name, this.names);
    this.#documents.splice(index, 0, document);
    this.#current = document;
    this.#closed = undefined;
    this.#tell('edited');
  }

  onChange(listener: (change: FilesChange) => void): void {
    this.#listeners.push(listener);
  }

  #check(name: string, document?: SourceDocument): void {
    const problem = this.problemOf(name, document);
    if (problem !== undefined) throw new Error(problem);
  }

  #tell(change: FilesChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
