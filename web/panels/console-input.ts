import { InputHistory } from './input-history.js';

export interface InputElements {
  form: HTMLFormElement;
  line: HTMLInputElement;
  end: HTMLButtonElement;
}

export interface InputActions {
  /** What was typed, usually with its newline. */
  send(text: string): void;
  /** Ends the input. */
  end(): void;
}

/**
 * The line in which the user types a program's standard input. Enter sends it, arrow up recalls sent lines, Ctrl+D ends
 * the input; of pasted text with several lines all but the last are sent immediately.
 */
export class ConsoleInput {
  readonly #elements: InputElements;
  readonly #actions: InputActions;
  readonly #history = new InputHistory();

  constructor(elements: InputElements, actions: InputActions) {
    this.#elements = elements;
    this.#actions = actions;
    const { form, line, end } = elements;
    // Enter clicks it as well. In a sandboxed frame forms cannot be submitted, and get no submit event.
    form.querySelector('button:not([type="button"])')?.addEventListener('click', (event) => {
      event.preventDefault();
      this.#enter();
    });
    line.addEventListener('keydown', (event) => {
      this.#press(event);
    });
    line.addEventListener('paste', (event) => {
      this.#paste(event);
    });
    end.addEventListener('click', () => {
      this.#end();
    });
  }

  /** The program waits for input. The line takes the focus, unless the user is typing elsewhere. */
  awaited(): void {
    const { form, line } = this.#elements;
    form.hidden = false;
    form.dataset['awaited'] = '';
    if (!isTypedInto(document.activeElement)) line.focus({ preventScroll: true });
    line.scrollIntoView({ block: 'nearest' });
  }

  /** No program accepts input any more. Returns whether the line had the focus. */
  close(): boolean {
    const { form, line } = this.#elements;
    const hadFocus = form.contains(document.activeElement);
    form.hidden = true;
    delete form.dataset['awaited'];
    line.value = '';
    return hadFocus;
  }

  #enter(): void {
    const { line } = this.#elements;
    const text = line.value;
    line.value = '';
    this.#history.add(text);
    this.#send(`${text}\n`);
  }

  #send(text: string): void {
    delete this.#elements.form.dataset['awaited'];
    this.#actions.send(text);
  }

  #press(event: KeyboardEvent): void {
    const { line } = this.#elements;
    if (event.isComposing) return;
    if (event.key === 'd' && event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      // As in a terminal: the first Ctrl+D sends the line without a newline.
      if (line.value !== '') this.#sendBeginning();
      else this.#end();
      return;
    }
    const shown =
      event.key === 'ArrowUp' ? this.#history.older(line.value) : event.key === 'ArrowDown' ? this.#history.newer() : undefined;
    if (shown === undefined) return;
    event.preventDefault();
    line.value = shown;
    line.setSelectionRange(shown.length, shown.length);
  }

  #paste(event: ClipboardEvent): void {
    const { line } = this.#elements;
    const pasted = (event.clipboardData?.getData('text/plain') ?? '').replaceAll('\r\n', '\n');
    if (!pasted.includes('\n')) return;
    event.preventDefault();
    const start = line.selectionStart ?? line.value.length;
    const before = line.value.slice(0, start);
    const after = line.value.slice(line.selectionEnd ?? start);
    const whole = `${before}${pasted}`;
    const end = whole.lastIndexOf('\n') + 1;
    line.value = `${whole.slice(end)}${after}`;
    line.setSelectionRange(whole.length - end, whole.length - end);
    for (const sent of whole.slice(0, end - 1).split('\n')) this.#history.add(sent);
    this.#send(whole.slice(0, end));
  }

  #sendBeginning(): void {
    const { line } = this.#elements;
    const text = line.value;
    line.value = '';
    this.#history.add(text);
    this.#send(text);
  }

  #end(): void {
    if (this.#elements.line.value !== '') this.#sendBeginning();
    this.#actions.end();
  }
}

function isTypedInto(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  return element.isContentEditable || element.matches('input, textarea, select, [role="textbox"]') || element.closest('.editor') !== null;
}
