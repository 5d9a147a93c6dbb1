import { Tabs } from '../../panels/tabs.js';

export interface ViewGroupElements {
  pane: HTMLElement;
  /** Of its tabs each names its view by aria-controls. */
  tabs: HTMLElement;
  /** Opens a second view below the first, or closes it. */
  split: HTMLButtonElement;
  splitter: HTMLElement;
  /** Has the same tabs again while there is a second view. */
  secondBar: HTMLElement;
  unsplit: HTMLButtonElement;
}

/** The views that are open, by the ids of their tabs in the first group. */
export interface OpenViews {
  first: string;
  second: string | undefined;
}

interface ViewGroupActions {
  keep(views: OpenViews): void;
  /** Called with what is visible now. */
  shown(views: string[]): void;
}

const inSecond = 'second-';

/** The views of a run: one or, where there is room, two at once, each chosen by its own tabs. */
export class ViewGroups {
  readonly #elements: ViewGroupElements;
  readonly #room: MediaQueryList;
  readonly #actions: ViewGroupActions;
  readonly #tabs: Tabs;
  readonly #ids: string[];
  #open: OpenViews;
  #secondTabs: Tabs | undefined;

  constructor(elements: ViewGroupElements, room: MediaQueryList, kept: Partial<OpenViews>, actions: ViewGroupActions) {
    const { tabs, split, unsplit } = elements;
    this.#elements = elements;
    this.#room = room;
    this.#actions = actions;
    this.#ids = tabsIn(tabs).map(({ id }) => id);
    this.#tabs = new Tabs(tabs, kept.first, (id) => this.#choose(swapped(this.#open, 'first', id)));
    const first = this.#tabs.selected;
    this.#open = { first, second: this.#ids.find((id) => id === kept.second && id !== first) };
    split.addEventListener('click', () => {
      this.#choose({ ...this.#open, second: this.#open.second === undefined ? usualSecond(this.#open.first) : undefined });
    });
    unsplit.addEventListener('click', () => {
      this.#choose({ ...this.#open, second: undefined });
      split.focus();
    });
    room.addEventListener('change', () => this.#show());
    this.#show();
  }

  /** Opens a view in the place of another, if that is open and this is not. */
  replace(id: string, by: string): void {
    const { first, second } = this.#open;
    if (first === by || second === by) return;
    if (first === id) this.#choose({ first: by, second });
    else if (second === id) this.#choose({ first, second: by });
  }

  #choose(views: OpenViews): void {
    this.#open = views;
    this.#actions.keep(views);
    this.#show();
  }

  #show(): void {
    const { pane, split, splitter, secondBar } = this.#elements;
    const { first } = this.#open;
    const second = this.#room.matches ? this.#open.second : undefined;
    const isSplit = second !== undefined;
    split.hidden = !this.#room.matches;
    split.ariaPressed = String(isSplit);
    pane.toggleAttribute('data-split', isSplit);
    splitter.hidden = !isSplit;
    secondBar.hidden = !isSplit;
    this.#tabs.selected = first;
    this.#showSecondTabs(second);
    for (const id of this.#ids) {
      const view = viewOf(id);
      view.hidden = id !== first && id !== second;
      view.dataset['group'] = id === second ? 'second' : 'first';
      view.setAttribute('aria-labelledby', id === second ? inSecond + id : id);
    }
    this.#actions.shown(isSplit ? [first, second] : [first]);
  }

  #showSecondTabs(second: string | undefined): void {
    const { tabs, secondBar } = this.#elements;
    if (second === undefined) {
      secondBar.querySelector('[role=tablist]')?.remove();
      this.#secondTabs = undefined;
    } else if (this.#secondTabs === undefined) {
      const list = copyOf(tabs);
      secondBar.prepend(list);
      this.#secondTabs = new Tabs(list, inSecond + second, (id) => {
        this.#choose(swapped(this.#open, 'second', id.slice(inSecond.length)));
      });
    } else {
      this.#secondTabs.selected = inSecond + second;
    }
  }
}

/** A view is open once: if the other group has it, that takes what was here. */
export function swapped(open: OpenViews, group: keyof OpenViews, id: string): OpenViews {
  if (group === 'first') return { first: id, second: id === open.second ? open.first : open.second };
  return { first: id === open.first ? (open.second ?? open.first) : open.first, second: id };
}

function usualSecond(first: string): string {
  return first === 'timeline-tab' ? 'console-tab' : 'timeline-tab';
}

function tabsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role=tab]')];
}

function viewOf(id: string): HTMLElement {
  const view = document.getElementById(document.getElementById(id)?.getAttribute('aria-controls') ?? '');
  if (view === null) throw new Error(`The tab #${id} has no view`);
  return view;
}

/** With ids of its own. */
function copyOf(tabs: HTMLElement): HTMLElement {
  const list = tabs.cloneNode(true) as HTMLElement;
  list.removeAttribute('id');
  list.ariaLabel = 'Second view of the run';
  for (const part of list.querySelectorAll('[id]')) {
    if (part.role === 'tab') part.id = inSecond + part.id;
    else part.removeAttribute('id');
  }
  return list;
}
