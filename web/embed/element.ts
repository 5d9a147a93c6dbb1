import { ownAttributes, readAttributes, type ReadAttributes } from './attributes.js';
import { make } from './dom.js';
import type { AsyncioPlaygroundElement as ElementApi } from './element-api.js';
import type { RunReport } from './runner.js';
import { SnippetView } from './snippet-view.js';
import { parseSnippet, SnippetError } from '../engine/prepared/snippet-text.js';
import { findText, type FoundText } from './source-text.js';
import style from './style.css?inline';
import { watchVisibility } from './visibility.js';
import { whyNotHere } from '../engine/why-not-here.js';

let sheet: CSSStyleSheet | undefined;

/**
 * `<asyncio-playground>`: a C++ program that can be read, edited and run in the page. Errors are shown as a sentence
 * above the text; no exception reaches the host page.
 */
export class AsyncioPlaygroundElement extends HTMLElement implements ElementApi {
  static readonly observedAttributes = ownAttributes;
  readonly #root = this.attachShadow({ mode: 'open' });
  #view: SnippetView | undefined;
  #start: AbortController | undefined;
  #found: FoundText | undefined;
  #unwatch: (() => void) | undefined;
  #autorunDone = false;
  #updating = false;
  /** The source of the text that is shown. */
  #textPlace = '';
  /** Unknown attribute names can only be observed this way. */
  readonly #wrongNames = new MutationObserver(() => this.attributeChangedCallback());
  readonly #ownText = new MutationObserver(() => this.#guard(() => this.#ownTextChanged()));

  constructor() {
    super();
    for (const type of ['keydown', 'keypress', 'keyup']) this.#root.addEventListener(type, keepTyping);
  }

  connectedCallback(): void {
    this.#guard(() => {
      // It was moved: its program continues.
      if (this.#unwatch !== undefined) return;
      if (this.#view !== undefined) this.#show(this.#view);
      else this.#begin();
    });
  }

  disconnectedCallback(): void {
    queueMicrotask(() =>
      this.#guard(() => {
        if (!this.isConnected) this.#leave();
      }),
    );
  }

  attributeChangedCallback(): void {
    // Initial attributes are read when it starts.
    if (this.#updating || !this.isConnected || this.#start === undefined) return;
    this.#updating = true;
    queueMicrotask(() =>
      this.#guard(() => {
        this.#updating = false;
        this.#update();
      }),
    );
  }

  /** The whole program, including hidden lines. */
  getText(): string {
    return this.#view?.text ?? '';
  }

  setText(text: string): void {
    if (this.#view !== undefined) this.#view.text = String(text);
  }

  /** Resolves when the run has ended for any reason; never rejects. */
  run(): Promise<RunReport> {
    if (this.#view !== undefined) return this.#view.run();
    const outcome = { type: 'failed', message: this.#root.textContent.trim() || 'the element is not in a page' } as const;
    return Promise.resolve({ outcome, diagnostics: [], compilerText: '', timings: { totalMs: 0 }, facts: {} });
  }

  stop(): void {
    this.#view?.stop();
  }

  /** Formats the text. Shows errors in the element; never rejects. */
  async format(): Promise<void> {
    try {
      await this.#view?.format();
    } catch (error) {
      this.#view?.notice(`The text could not be formatted: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #begin(): void {
    this.#start?.abort();
    const start = new AbortController();
    this.#start = start;
    this.#textPlace = this.#placeOfText();
    this.#adoptStyle();
    this.#wrongNames.disconnect();
    const { settings, problems } = this.#attributesNow();
    const why = whyNotHere();
    if (why !== undefined) problems.unshift(why);
    if (problems.length > 0) {
      this.#showProblems(problems);
      return;
    }
    findText(this, settings, start.signal)
      .then((found) => {
        if (start.signal.aborted) return;
        const blocks = parseSnippet(found.text);
        this.#found = found;
        this.#show(
          new SnippetView(this.#root, blocks, found.own, settings, {
            run: (detail) => this.#tell('run', detail),
            output: (detail) => this.#tell('output', detail),
            diagnostics: (detail) => this.#tell('diagnostics', detail),
            exit: (detail) => this.#tell('exit', detail),
            edit: (detail) => this.#tell('edit', detail),
          }),
        );
        this.#tell('ready', undefined);
      })
      .catch((error: unknown) => {
        if (!start.signal.aborted) this.#showProblems([messageOf(error)]);
      });
  }

  #show(view: SnippetView): void {
    this.#view = view;
    view.comeBack();
    this.#root.replaceChildren(view.element);
    if (this.#found?.holder !== undefined) this.#found.holder.hidden = true;
    if (this.#found !== undefined && this.#found.holder === undefined && !this.hasAttribute('src')) {
      this.#ownText.observe(this, { childList: true, characterData: true, subtree: true });
    }
    this.#unwatch?.();
    this.#unwatch = watchVisibility(this, (near) => this.#guard(() => this.#nearChanged(view, near)));
  }

  #nearChanged(view: SnippetView, near: boolean): void {
    view.near = near;
    if (!near || this.#autorunDone || !view.mayAutorun) return;
    this.#autorunDone = true;
    void view.run();
  }

  #leave(): void {
    this.#start?.abort();
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#ownText.disconnect();
    if (this.#found?.holder !== undefined) this.#found.holder.hidden = false;
    this.#view?.leave();
  }

  /** The host page has changed the text between its tags. */
  #ownTextChanged(): void {
    const view = this.#view;
    if (view?.unedited !== true || view.busy) return;
    try {
      view.replaceOriginal(parseSnippet(this.textContent));
    } catch (error) {
      if (!(error instanceof SnippetError)) throw error;
      view.notice(error.message);
    }
  }

  #update(): void {
    const { settings, problems } = this.#attributesNow();
    const view = this.#view;
    const otherText = this.#textPlace !== this.#placeOfText();
    if (view === undefined || otherText || problems.length > 0) {
      this.#leave();
      this.#view = undefined;
      this.#found = undefined;
      this.#begin();
    } else view.settings = settings;
  }

  #placeOfText(): string {
    return `${this.getAttribute('src') ?? ''} ${this.getAttribute('for') ?? ''}`;
  }

  #attributesNow(): ReadAttributes {
    return readAttributes(
      Array.from(this.attributes, ({ name, value }) => [name, value] as const),
      {
        baseUrl: this.baseURI,
        isHeight: (text) => CSS.supports('height', text),
        isSelector: (text) => {
          try {
            return text !== '' && document.createDocumentFragment().querySelector(text) === null;
          } catch {
            return false;
          }
        },
      },
    );
  }

  #showProblems(problems: string[]): void {
    this.#wrongNames.observe(this, { attributes: true });
    this.#root.replaceChildren(
      make('div', { part: 'problem', className: 'problem', role: 'note' }, ...problems.map((text) => make('p', { textContent: text }))),
      make('slot', { className: 'as-it-was' }),
    );
  }

  #adoptStyle(): void {
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
    }
    this.#root.adoptedStyleSheets = [sheet];
  }

  #tell(type: string, detail: unknown): void {
    // Does not bubble: other elements may use events of these names.
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#showProblems([`Internal error of the element: ${messageOf(error)}.`]);
    }
  }
}

/**
 * Outside, the event seems to come from the element instead of a text field, and would trigger the host page's shortcuts.
 */
function keepTyping(event: Event): void {
  const [field] = event.composedPath();
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) event.stopPropagation();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
