import { Tabs } from '../../panels/tabs.js';
import type { Editing } from '../editor/editing.js';
import type { RunPanel } from '../run/run-panel.js';
import { element } from './elements.js';

export type Screen = 'code' | 'output' | 'timeline' | 'more';

/** As in phone.css. */
export const phone = matchMedia('(width < 40em)');

const viewOf: Partial<Record<Screen, string>> = { output: 'console-tab', timeline: 'timeline-tab' };

interface ScreensElements {
  /** Has the screen's name, from which phone.css takes what is shown. */
  page: HTMLElement;
  tabs: HTMLElement;
  /** The tabs of the views of a run; More has those that have no screen of their own. */
  views: HTMLElement;
  /** The dot on Output. */
  news: HTMLElement;
}

/** The parts of the page, of which a phone shows one at a time. A wider window shows all of them. */
export class Screens {
  readonly #elements: ScreensElements;
  readonly #tabs: Tabs;
  /** What More shows when it is opened. */
  #viewOfMore = 'problems-tab';

  constructor(elements: ScreensElements) {
    this.#elements = elements;
    this.#tabs = new Tabs(elements.tabs, 'code-screen', () => this.#opened());
    phone.addEventListener('change', () => this.#follow());
  }

  get shown(): Screen {
    return this.#tabs.selected.replace('-screen', '') as Screen;
  }

  show(screen: Screen): void {
    const { tabs } = this.#elements;
    const focused = document.activeElement;
    this.#tabs.select(`${screen}-screen`);
    // What is out of sight has no focus, and Escape would go nowhere.
    if (focused instanceof HTMLElement && !focused.checkVisibility()) tabs.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  /** Someone who asks for a run while looking at the code wants to see its output. */
  ran(): void {
    if (phone.matches && this.shown === 'code') this.show('output');
  }

  printed(): void {
    if (phone.matches && this.shown !== 'output') this.#elements.news.hidden = false;
  }

  #opened(): void {
    const { page, news } = this.#elements;
    page.dataset['screen'] = this.shown;
    if (this.shown === 'output') news.hidden = true;
    if (!phone.matches || this.shown === 'code') return;
    const view = this.#view;
    const wanted = screenOf(view);
    if (wanted === 'more') this.#viewOfMore = view;
    if (wanted !== this.shown) element(viewOf[this.shown] ?? this.#viewOfMore, HTMLElement).click();
  }

  /** The window has become narrow: the view that was open is the one to show. */
  #follow(): void {
    if (!phone.matches || this.shown === 'code') return;
    this.show(screenOf(this.#view));
  }

  get #view(): string {
    return this.#elements.views.querySelector('[aria-selected="true"]')?.id ?? '';
  }
}

function screenOf(view: string): Screen {
  if (view === viewOf.output) return 'output';
  return view === viewOf.timeline ? 'timeline' : 'more';
}

export function screensInPage({ editor, openFiles }: Editing, panel: RunPanel): Screens {
  const screens = new Screens({
    page: document.body,
    tabs: element('screens', HTMLElement),
    views: element('views', HTMLElement),
    news: element('output-news', HTMLElement),
  });
  editor.onWanted(() => screens.show('code'));
  openFiles.onChange((change) => {
    if (change === 'opened') screens.show('code');
  });
  element('python', HTMLButtonElement).addEventListener('click', () => screens.show('code'));
  element('orders', HTMLButtonElement).addEventListener('click', () => screens.ran());
  panel.onPhase((phase) => {
    if (phase === 'compiling') screens.ran();
    if (phase === 'idle') screens.printed();
  });
  panel.onOutput(() => screens.printed());
  panel.onAwaitsInput(() => screens.printed());
  return screens;
}
