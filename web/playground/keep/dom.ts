/** Creates an element with content. Strings become text, never HTML. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...content);
  return element;
}

export interface ButtonOptions {
  className?: string;
  /** For screen readers, where the text does not say what it refers to. */
  label?: string;
}

export function makeButton(text: string, act: () => void, { className = 'quiet', label }: ButtonOptions = {}): HTMLButtonElement {
  const button = make('button', className, text);
  button.type = 'button';
  if (label !== undefined) button.setAttribute('aria-label', label);
  button.addEventListener('click', act);
  return button;
}

/** A modal dialog with a heading and a Close button, at the end of the page. */
export function makeDialog(id: string, heading: HTMLElement, ...content: (Node | string)[]): HTMLDialogElement {
  const dialog = make('dialog', 'dialog');
  dialog.id = id;
  heading.id = `${id}-heading`;
  dialog.setAttribute('aria-labelledby', heading.id);
  const close = makeButton('Close', () => dialog.close());
  dialog.append(make('div', 'dialog-head', heading, close), ...content);
  dialog.addEventListener('click', (event) => {
    // A click on the backdrop targets the dialog itself, one inside targets its children.
    if (event.target === dialog) dialog.close();
  });
  // Outside a dialog Escape stops the program.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  return dialog;
}
