/** Characters common in C++ that phone keyboards hide. */
const characters = ['{', '}', '(', ')', '[', ']', '<', '>', ';', ':', '"', '&', '*', '=', '#', '_'];

/** A row of keys under a text area, for on-screen keyboards. */
export function touchKeys(area: HTMLTextAreaElement): HTMLElement {
  const row = document.createElement('div');
  row.className = 'touch-keys';
  row.setAttribute('role', 'toolbar');
  row.setAttribute('aria-label', 'Keys for C++');
  row.append(
    key('⇥', 'Indent', () => insert(area, '    ')),
    ...characters.map((character) => key(character, character, () => insert(area, character))),
    key('↶', 'Undo', () => command(area, 'undo')),
    key('↷', 'Redo', () => command(area, 'redo')),
  );
  return row;
}

function key(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.setAttribute('aria-label', label);
  // Keeps the focus in the text, so that the on-screen keyboard stays open.
  button.addEventListener('pointerdown', (event) => event.preventDefault());
  button.addEventListener('click', act);
  return button;
}

function insert(area: HTMLTextAreaElement, text: string): void {
  area.focus({ preventScroll: true });
  area.ownerDocument.execCommand('insertText', false, text);
}

function command(area: HTMLTextAreaElement, name: 'undo' | 'redo'): void {
  area.focus({ preventScroll: true });
  area.ownerDocument.execCommand(name);
}
