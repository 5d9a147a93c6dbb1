import { Announcer } from '../panels/announcer.js';
import { ConsoleBuffer, type Voice } from '../panels/console-buffer.js';
import { ConsoleInput } from '../panels/console-input.js';
import { ConsoleLinks } from '../panels/console-links.js';
import { ConsoleQueue } from '../panels/console-queue.js';
import { ConsoleView } from '../panels/console-view.js';
import { FollowEnd } from '../panels/follow-end.js';
import { make } from './dom.js';
import type { Comparison } from './expected-output.js';

export interface OutputActions {
  goTo(line: number, column: number): void;
  input(text: string): void;
  endInput(): void;
}

/** Lower than in the playground: a page may contain many of these. */
const limits = { headLines: 500, headChars: 200_000, tailLines: 2_000, tailChars: 600_000, lineChars: 20_000 };
const mostDifferentLines = 12;

let inputCount = 0;

/** A program's output, its input prompt, and the comparison with the expected output. */
export class OutputView {
  readonly element = make('div', { className: 'output', part: 'output', hidden: true });
  readonly #text = make('div', { className: 'console', part: 'console', tabIndex: 0, role: 'group', ariaLabel: 'Output' });
  readonly #toEnd = make('button', { className: 'to-end', type: 'button', hidden: true, textContent: 'To the end ↓' });
  readonly #announcement = make('div', { className: 'heard', role: 'status' });
  readonly #expected = make('div', { className: 'expected', part: 'expected', hidden: true });
  readonly #buffer = new ConsoleBuffer(limits);
  readonly #queue = new ConsoleQueue(({ voice, text, at, isLine }) => {
    if (isLine) this.#buffer.appendLine(voice, text, at);
    else this.#buffer.append(voice, text, at);
    this.#view?.changed();
    this.#announcer.changed();
  });
  readonly #announcer = new Announcer(this.#buffer, (said) => {
    this.#announcement.textContent = said;
  });
  readonly #input: ConsoleInput;
  #follow: FollowEnd | undefined;
  #view: ConsoleView | undefined;

  constructor(actions: OutputActions) {
    const line = make('input', { id: `input-${(inputCount += 1)}`, autocomplete: 'off', spellcheck: false });
    const end = make('button', { type: 'button', textContent: 'End of input' });
    const label = make('label', { htmlFor: line.id, textContent: 'Input' });
    const form = make('form', { className: 'console-input', part: 'input', hidden: true }, label, line, make('button', { textContent: 'Send' }), end);
    this.#input = new ConsoleInput(
      { form, line, end },
      {
        send: (text) => {
          this.#write('input', text);
          actions.input(text);
        },
        end: () => {
          this.say('info', 'End of input');
          this.#input.close();
          actions.endInput();
        },
      },
    );
    new ConsoleLinks(this.#text, { canOpen: (file) => file === 'main.cpp', open: (_file, at, column) => actions.goTo(at, column) });
    this.element.append(make('div', { className: 'console-frame' }, this.#text, this.#toEnd), form, this.#expected, this.#announcement);
    this.awake = true;
  }

  /** An invisible view has no elements; its text is kept. */
  set awake(awake: boolean) {
    if (awake === (this.#view !== undefined)) return;
    if (!awake) {
      this.#view = undefined;
      // Keeps its height.
      this.#text.style.minHeight = `${this.#text.offsetHeight}px`;
      this.#text.replaceChildren();
      return;
    }
    this.#text.style.minHeight = '';
    const view = new ConsoleView(this.#text, this.#buffer, (file) => file === 'main.cpp', () => this.#follow?.changed());
    this.#view = view;
    this.#follow ??= new FollowEnd(this.#text, this.#toEnd);
    view.changed();
  }

  set height(height: string | undefined) {
    this.#text.style.height = height ?? '';
    this.#text.style.maxHeight = height === undefined ? '' : 'none';
  }

  begin(): void {
    this.element.hidden = false;
    this.#expected.hidden = true;
    this.#queue.clear();
    this.#buffer.clear();
    this.#buffer.forgetStyles();
    this.#announcer.cleared();
    this.#view?.drawAnew();
    this.#follow?.follow();
  }

  write(voice: Voice, text: string): void {
    this.#write(voice, text);
  }

  /** Writes a line of the element itself. */
  say(voice: Voice, text: string): void {
    this.element.hidden = false;
    this.#queue.add({ voice, text, at: undefined, task: undefined, isLine: true });
  }

  awaitsInput(): void {
    this.#input.awaited();
  }

  closeInput(): boolean {
    return this.#input.close();
  }

  hide(): void {
    this.begin();
    this.element.hidden = true;
  }

  showComparison(comparison: Comparison): void {
    this.#expected.hidden = false;
    this.#expected.className = `expected ${comparison.type}`;
    if (comparison.type === 'equal') {
      this.#expected.replaceChildren('✓ The output is as expected.');
      return;
    }
    const list = make('div', { className: 'difference' }, ...lines('−', 'wanted', comparison.expected), ...lines('+', 'got', comparison.got));
    this.#expected.replaceChildren(`✗ The output differs from the expected output, starting at line ${comparison.line}:`, list);
  }

  #write(voice: Voice, text: string): void {
    this.#queue.add({ voice, text, at: undefined, task: undefined, isLine: false });
  }
}

function lines(sign: string, className: string, texts: readonly string[]): HTMLElement[] {
  const shown = texts.slice(0, mostDifferentLines).map((text) => make('div', { className }, `${sign} ${text}`));
  if (texts.length > shown.length) shown.push(make('div', { className }, `${sign} … ${texts.length - shown.length} more lines`));
  if (texts.length === 0) shown.push(make('div', { className }, `${sign} (nothing)`));
  return shown;
}
