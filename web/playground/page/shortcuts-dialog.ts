import { make, makeDialog } from '../keep/dom.js';
import { keyNames, shortcutGroups, type ShortcutGroup } from './shortcuts.js';

/** The list of all shortcuts. */
export class ShortcutsDialog {
  readonly #dialog: HTMLDialogElement;

  constructor(platform: string) {
    const list = make('div', 'shortcuts', ...shortcutGroups.map((group) => groupElement(group, platform)));
    list.role = 'region';
    list.ariaLabel = 'Keys';
    // It scrolls, and nothing in it takes the focus.
    list.tabIndex = 0;
    this.#dialog = makeDialog('shortcuts-dialog', make('h2', '', 'Keyboard shortcuts'), list);
  }

  open(): void {
    if (!this.#dialog.open) this.#dialog.showModal();
  }
}

function groupElement({ where, shortcuts }: ShortcutGroup, platform: string): HTMLElement {
  const section = document.createElement('section');
  const heading = document.createElement('h3');
  heading.textContent = where;
  const list = document.createElement('dl');
  for (const { keys, does } of shortcuts) {
    const pressed = document.createElement('dt');
    keys.forEach((combination, at) => {
      if (at > 0) pressed.append(' or ');
      const names = keyNames(combination, platform);
      names.forEach((name, place) => {
        const key = document.createElement('kbd');
        key.textContent = name;
        pressed.append(...(place > 0 ? [names[0] === 'Esc' ? ', ' : '+', key] : [key]));
      });
    });
    const meaning = document.createElement('dd');
    meaning.textContent = does;
    const row = document.createElement('div');
    row.append(pressed, meaning);
    list.append(row);
  }
  section.append(heading, list);
  return section;
}
