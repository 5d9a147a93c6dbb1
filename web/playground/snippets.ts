import { blank, examples, findExample, type Example } from './examples.js';
import type { SessionStore } from './session-store.js';

const saveDelayMs = 250;

/** The program, as the editor has it. */
export interface ProgramText {
  readonly text: string;
  setText(text: string): void;
  open(text: string): void;
  onChange(listener: () => void): void;
  focus(): void;
}

/** Which snippet is open, and that what is typed into it is kept. */
export class Snippets {
  readonly #editor: ProgramText;
  readonly #store: SessionStore;
  readonly #select: HTMLSelectElement;
  readonly #reset: HTMLButtonElement;
  #current: Example;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: ProgramText, store: SessionStore, select: HTMLSelectElement, reset: HTMLButtonElement) {
    this.#editor = editor;
    this.#store = store;
    this.#select = select;
    this.#reset = reset;
    select.append(option(blank), ...examples.map(option));
    this.#current = findExample(store.current) ?? examples[0] ?? blank;
    this.#show();
    select.addEventListener('change', () => this.open(select.value));
    reset.addEventListener('click', () => {
      this.#editor.setText(this.#current.source);
      this.#editor.focus();
    });
    editor.onChange(() => this.#changed());
  }

  open(name: string): void {
    const example = findExample(name);
    if (example === undefined || example === this.#current) return;
    this.save();
    this.#current = example;
    this.#store.current = example.name;
    this.#show();
  }

  /** At once, as before the page goes away. */
  save(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { text } = this.#editor;
    this.#store.current = this.#current.name;
    if (text === this.#current.source) this.#store.forgetDraft(this.#current.name);
    else this.#store.saveDraft(this.#current.name, text);
  }

  #show(): void {
    this.#select.value = this.#current.name;
    this.#editor.open(this.#store.draft(this.#current.name) ?? this.#current.source);
    this.#offerReset();
  }

  #changed(): void {
    this.#offerReset();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), saveDelayMs);
  }

  #offerReset(): void {
    this.#reset.hidden = this.#editor.text === this.#current.source;
  }
}

function option({ name, title }: Example): HTMLOptionElement {
  return new Option(title, name);
}
