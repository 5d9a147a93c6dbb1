export interface NameQuestion {
  title: string;
  /** The label of the confirm button. */
  verb: string;
  name: string;
  /** Why this name is invalid; undefined if it is valid. */
  problemOf(name: string): string | undefined;
}

/** Asks for a file name, and shows immediately why one is invalid. */
export class NameDialog {
  readonly #dialog = document.createElement('dialog');
  readonly #title = document.createElement('h2');
  readonly #input = document.createElement('input');
  readonly #problem = document.createElement('p');
  readonly #agree = document.createElement('button');
  #question: NameQuestion | undefined;
  #settle: (name: string | undefined) => void = () => undefined;

  constructor(parent: HTMLElement) {
    this.#dialog.className = 'dialog name-dialog';
    this.#title.id = 'name-dialog-title';
    this.#dialog.setAttribute('aria-labelledby', this.#title.id);
    Object.assign(this.#input, { id: 'name-dialog-name', type: 'text', autocomplete: 'off', spellcheck: false });
    this.#input.setAttribute('autocapitalize', 'off');
    this.#problem.id = 'name-dialog-problem';
    this.#problem.className = 'dialog-problem';
    this.#problem.setAttribute('role', 'status');
    this.#input.setAttribute('aria-describedby', this.#problem.id);
    this.#dialog.append(this.#title, this.#form());
    parent.append(this.#dialog);
    this.#input.addEventListener('input', () => this.#check());
    this.#dialog.addEventListener('close', () => this.#settle(undefined));
    // Escape closes the dialog; it must not reach the page, where it stops the program.
    this.#dialog.addEventListener('keydown', (event) => event.stopPropagation());
  }

  /** Resolves to the name, or to undefined when cancelled. */
  ask(question: NameQuestion): Promise<string | undefined> {
    this.#settle(undefined);
    this.#question = question;
    this.#title.textContent = question.title;
    this.#agree.textContent = question.verb;
    this.#input.value = question.name;
    this.#problem.textContent = '';
    this.#dialog.showModal();
    const dot = question.name.lastIndexOf('.');
    this.#input.setSelectionRange(question.name.lastIndexOf('/') + 1, dot > 0 ? dot : question.name.length);
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  #form(): HTMLFormElement {
    const form = document.createElement('form');
    const label = document.createElement('label');
    label.htmlFor = this.#input.id;
    label.textContent = 'Name';
    const cancel = document.createElement('button');
    cancel.type = 'button';
    cancel.textContent = 'Cancel';
    cancel.addEventListener('click', () => this.#dialog.close());
    this.#agree.className = 'primary';
    const buttons = document.createElement('div');
    buttons.className = 'dialog-buttons';
    buttons.append(cancel, this.#agree);
    form.append(label, this.#input, this.#problem, buttons);
    // Enter clicks it as well. In a sandboxed frame forms cannot be submitted, and get no submit event.
    this.#agree.addEventListener('click', (event) => {
      event.preventDefault();
      if (!this.#check()) return this.#input.focus();
      this.#settle(this.#input.value.trim());
      this.#dialog.close();
    });
    return form;
  }

  #check(): boolean {
    const problem = this.#question?.problemOf(this.#input.value.trim());
    this.#problem.textContent = problem ?? '';
    this.#input.setAttribute('aria-invalid', String(problem !== undefined));
    return problem === undefined;
  }
}
