/** Tabs following the ARIA pattern: arrow keys select, only one is a tab stop. Panels keep their contents. */
export class Tabs {
  readonly #tabs: HTMLElement[];
  readonly #onChange: (id: string) => void;
  #selected: string;

  /**
   * `list` contains the tabs; each one's aria-controls names its panel. `onChange` is called for the user's selections.
   */
  constructor(list: HTMLElement, selected: string | undefined, onChange: (id: string) => void) {
    this.#tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
    this.#onChange = onChange;
    this.#selected = this.#tabs.some(({ id }) => id === selected) ? (selected ?? '') : (this.#tabs[0]?.id ?? '');
    for (const tab of this.#tabs) tab.addEventListener('click', () => this.select(tab.id));
    list.addEventListener('keydown', (event) => this.#press(event));
    this.#show();
  }

  get selected(): string {
    return this.#selected;
  }

  select(id: string): void {
    if (id === this.#selected || !this.#tabs.some((tab) => tab.id === id)) return;
    this.#selected = id;
    this.#show();
    this.#onChange(id);
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const tabs = this.#tabs.filter((one) => one.checkVisibility());
    const to = neighbour(event.key, tabs.findIndex(({ id }) => id === this.#selected), tabs.length);
    const tab = to === undefined ? undefined : tabs[to];
    if (tab === undefined) return;
    event.preventDefault();
    this.select(tab.id);
    tab.focus();
  }

  #show(): void {
    for (const tab of this.#tabs) {
      const selected = tab.id === this.#selected;
      tab.ariaSelected = String(selected);
      tab.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel !== null) panel.hidden = !selected;
    }
  }
}

/** The tab that a key moves to, wrapping around. */
export function neighbour(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
