export interface SourceActions {
  /** Whether the editor can show this file. */
  canOpen(file: string): boolean;
  open(file: string, line: number, column: number): void;
}

/** Follows links in the console. All of its links together are one tab stop; the arrow keys move between links. */
export class ConsoleLinks {
  readonly #root: HTMLElement;
  readonly #actions: SourceActions;
  #stop: HTMLElement | undefined;

  constructor(root: HTMLElement, actions: SourceActions) {
    this.#root = root;
    this.#actions = actions;
    root.addEventListener('click', (event) => {
      const link = linkOf(event.target);
      // A user who selects link text does not want to follow the link.
      if (link !== undefined && getSelection()?.isCollapsed !== false) this.#open(link);
    });
    root.addEventListener('keydown', (event) => this.#press(event));
    root.addEventListener('focusin', (event) => this.#focused(event.target));
  }

  #focused(target: EventTarget | null): void {
    const link = linkOf(target);
    if (link !== undefined) this.#makeStop(link);
    else if (this.#stop?.isConnected !== true) this.#makeStop(this.#links()[0]);
  }

  #press(event: KeyboardEvent): void {
    const link = linkOf(event.target);
    if (link === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#open(link);
      return;
    }
    const links = this.#links();
    const at = links.indexOf(link);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    links[to]?.focus();
  }

  #makeStop(link: HTMLElement | undefined): void {
    if (this.#stop !== undefined) this.#stop.tabIndex = -1;
    this.#stop = link;
    if (link !== undefined) link.tabIndex = 0;
  }

  #links(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('[role="link"]')];
  }

  #open({ dataset }: HTMLElement): void {
    const { file = '', line, column } = dataset;
    if (this.#actions.canOpen(file)) this.#actions.open(file, Number(line), Number(column));
  }
}

function linkOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>('[role="link"]') ?? undefined) : undefined;
}
