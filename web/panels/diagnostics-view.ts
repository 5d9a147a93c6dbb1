import { describeFixIt, describePlace, summarise } from './diagnostic-text.js';
import { formatCount } from './format.js';
import { shownDiagnostics } from './shown-diagnostics.js';
import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';

export interface DiagnosticsActions {
  goTo(file: string, range: SourceRange): void;
  apply(fixIts: FixIt[]): void;
  /** Whether the editor has this file open, so that it can go there. */
  canGoTo(file: string): boolean;
  /** Called for each list that is shown, also an empty one. */
  shown?(diagnostics: Diagnostic[]): void;
}

/** The list of compiler diagnostics below the text; each entry links to its place. */
export class DiagnosticsView {
  readonly #root: HTMLElement;
  readonly #actions: DiagnosticsActions;
  readonly #heading: 'h2' | 'p';

  /** `heading`: the summary is a heading in its own page, but not in another site's page. */
  constructor(root: HTMLElement, actions: DiagnosticsActions, heading: 'h2' | 'p' = 'h2') {
    this.#root = root;
    this.#actions = actions;
    this.#heading = heading;
  }

  show(diagnostics: Diagnostic[]): void {
    this.#actions.shown?.(diagnostics);
    this.#root.hidden = diagnostics.length === 0;
    if (diagnostics.length === 0) {
      this.#root.replaceChildren();
      return;
    }
    const heading = document.createElement(this.#heading);
    heading.textContent = summarise(diagnostics);
    const list = document.createElement('ul');
    const { shown, more } = shownDiagnostics(diagnostics);
    const isError = ({ severity }: Diagnostic): number => Number(severity === 'error');
    // What keeps the program from running comes first.
    list.append(...shown.toSorted((a, b) => isError(b) - isError(a)).map((diagnostic) => this.#item(diagnostic)));
    if (more > 0) list.append(moreItem(more));
    this.#root.replaceChildren(heading, list);
    this.#root.scrollTop = 0;
  }

  #item(diagnostic: Diagnostic): HTMLElement {
    const item = document.createElement('li');
    item.className = `diagnostic severity-${diagnostic.severity}`;
    item.append(
      this.#line(diagnostic.severity, diagnostic.message, diagnostic.file, diagnostic.range, diagnostic.code),
    );
    if (diagnostic.fixIts.length > 0) item.append(this.#fix(diagnostic.fixIts));
    if (diagnostic.notes.length > 0) {
      const notes = document.createElement('ul');
      for (const note of diagnostic.notes) {
        const entry = document.createElement('li');
        entry.className = 'diagnostic severity-note';
        entry.append(this.#line('note', note.message, note.file, note.range));
        notes.append(entry);
      }
      item.append(notes);
    }
    return item;
  }

  #line(severity: string, message: string, file: string, range: SourceRange, code?: string): HTMLElement {
    const known = this.#actions.canGoTo(file);
    const line = document.createElement(known ? 'button' : 'div');
    line.className = 'diagnostic-line';
    if (line instanceof HTMLButtonElement) {
      line.type = 'button';
      line.addEventListener('click', () => this.#actions.goTo(file, range));
    }
    line.append(
      text('diagnostic-severity', severity),
      text('diagnostic-message', message),
      text('diagnostic-place', describePlace(file, range)),
    );
    if (code !== undefined && code !== '') line.append(text('diagnostic-code', code));
    return line;
  }

  #fix(fixIts: FixIt[]): HTMLElement {
    const fix = document.createElement('div');
    fix.className = 'diagnostic-fix';
    fix.append(text('diagnostic-message', `Fix: ${fixIts.map(describeFixIt).join(', ')}`));
    if (fixIts.every((one) => this.#actions.canGoTo(one.file))) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Apply';
      button.addEventListener('click', () => {
        this.#actions.apply(fixIts);
        // The text has changed: the fix must not be applied twice.
        button.disabled = true;
      });
      fix.append(button);
    }
    return fix;
  }
}

function moreItem(more: number): HTMLElement {
  const item = document.createElement('li');
  item.className = 'diagnostic';
  item.append(text('diagnostic-message', `and ${formatCount(more)} more that are not listed`));
  return item;
}

function text(className: string, content: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = content;
  return element;
}
