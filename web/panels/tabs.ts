/** Tabs following the ARIA pattern: arrow keys select, only one is a tab stop. What they open is for `onChange` to show. */
export class Tabs {
  readonly #tabs: HTMLElement[];
  readonly #onChange: (id: string) => void;
  #selected: string;

  /** `list` contains the tabs. `onChange` is called for the user's selections. */
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

  /** Selects a tab; `onChange` is not called. */
  set selected(id: string) {
    this.#selected = id;
    this.#show();
  }

  select(id: string): void {
    if (id === this.#selected || !this.#tabs.some((tab) => tab.id === id)) return;
    this.selected = id;
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
