import { Announcer } from '../../panels/announcer.js';
import { ConsoleBuffer, type Voice } from '../../panels/console-buffer.js';
import { isEverything, matches } from '../../panels/console-filter.js';
import { ConsoleLinks, type SourceActions } from '../../panels/console-links.js';
import { ConsoleQueue } from '../../panels/console-queue.js';
import { type ConsoleColumns, ConsoleTools, type ToolElements } from '../../panels/console-tools.js';
import { ConsoleView } from '../../panels/console-view.js';
import { FollowEnd } from '../../panels/follow-end.js';
import { formatCount } from '../../panels/format.js';
import { TaskNames } from '../../panels/trace/task-names.js';
import { WrittenOutput } from '../../panels/written-output.js';
import type { RunEvent, Stream } from '../../protocol/program.js';

export interface ConsoleElements extends ToolElements {
  text: HTMLElement;
  /** Shown while there is no output. */
  empty: HTMLElement;
  toEnd: HTMLButtonElement;
  /** A polite live region, for screen readers only. */
  announcement: HTMLElement;
}

export interface ConsoleActions extends SourceActions {
  /** Reports an error to the user. */
  report(message: string): void;
  save(output: string | Uint8Array): void;
}

/** The chosen columns, which outlive the page. */
export interface ColumnSettings {
  readonly current: ConsoleColumns;
  onChange(listener: () => void): void;
  change(columns: Partial<ConsoleColumns>): void;
}

const COPIED_OTHER_BYTES =
  'Some of the output is not UTF-8. The clipboard holds only text, so these bytes were copied as \ufffd. Save keeps them unchanged.';

/** The console: its text, display options and actions. */
export class ConsolePanel {
  readonly #buffer = new ConsoleBuffer();
  readonly #written = new WrittenOutput();
  readonly #names = new TaskNames();
  readonly #queue = new ConsoleQueue(({ voice, text, at, task, isLine }) => {
    if (isLine) this.#buffer.appendLine(voice, text, at);
    else this.#buffer.append(voice, text, at, task);
    this.#changed();
  });
  readonly #view: ConsoleView;
  readonly #tools: ConsoleTools;
  readonly #followEnd: FollowEnd;
  readonly #announcer: Announcer;
  readonly #elements: ConsoleElements;
  readonly #actions: ConsoleActions;
  readonly #columns: ColumnSettings;
  /** Set once the program has been started. */
  #startedAt: number | undefined;
  #onTasksShown: (shown: boolean) => void = () => undefined;
  #countTold: ReturnType<typeof setTimeout> | undefined;

  constructor(elements: ConsoleElements, actions: ConsoleActions, columns: ColumnSettings) {
    const { text, toEnd, announcement } = elements;
    this.#elements = elements;
    this.#actions = actions;
    this.#columns = columns;
    this.#view = new ConsoleView(
      text,
      this.#buffer,
      (file) => actions.canOpen(file),
      () => this.#drawn(),
      (name) => this.#names.label(name),
    );
    this.#followEnd = new FollowEnd(text, toEnd);
    this.#announcer = new Announcer(this.#buffer, (said) => {
      announcement.textContent = said;
    });
    this.#tools = new ConsoleTools(elements, {
      filter: (filter) => {
        this.#view.filter = filter;
        this.#tellCount();
      },
      show: (part) => columns.change(part),
      copy: () => this.#copy(),
      // Binary output is only useful exactly as it was written.
      save: () => actions.save(this.#written.bytes ?? `${this.text()}\n`),
      clear: () => this.clear(),
    });
    this.#showColumns();
    columns.onChange(() => this.#showColumns());
    new ConsoleLinks(text, actions);
    text.addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      getSelection()?.selectAllChildren(text);
    });
  }

  /** What is said while there is no output: what to do, or what is awaited. */
  set whenEmpty(text: string) {
    this.#elements.empty.textContent = text;
    this.#showEmpty();
  }

  /** Told whether the tasks of the lines are shown, now and at each change. */
  onTasksShown(listener: (shown: boolean) => void): void {
    this.#onTasksShown = listener;
    listener(this.#columns.current.tasks);
  }

  /** What is heard of the tasks that write. */
  event(event: RunEvent): void {
    if ((event.type === 'trace' || event.type === 'await-graph') && this.#names.learn(event)) this.#view.labelAnew();
  }

  /** A run starts; output before the program starts has no time. */
  begin(): void {
    this.#startedAt = undefined;
    this.#written.clear();
    this.#names.clear();
    this.#buffer.forgetStyles();
    this.#followEnd.follow();
  }

  /** Starts the clock for the times of lines. */
  startClock(): void {
    this.#startedAt = performance.now();
  }

  /** Output of a program. */
  output(stream: Stream, text: string, task?: string): void {
    this.#written.add(text);
    this.write(stream, text, task);
  }

  /** Writes at the program's cursor. */
  write(voice: Voice, text: string, task?: string): void {
    this.#queue.add({ voice, text, at: this.#elapsed(), task, isLine: false });
  }

  say(voice: Voice, text: string): void {
    this.#queue.add({ voice, text, at: this.#elapsed(), task: undefined, isLine: true });
  }

  clear(): void {
    this.#queue.clear();
    this.#written.clear();
    this.#buffer.clear();
    this.#announcer.cleared();
    this.#view.drawAnew();
    this.#followEnd.follow();
  }

  /** The whole stored text. */
  text(): string {
    this.#queue.drain();
    return this.#buffer.text();
  }

  #elapsed(): number | undefined {
    return this.#startedAt === undefined ? undefined : performance.now() - this.#startedAt;
  }

  #changed(): void {
    this.#view.changed();
    this.#announcer.changed();
  }

  #showColumns(): void {
    const { times, tasks } = this.#columns.current;
    this.#tools.columns = { times, tasks };
    this.#elements.text.classList.toggle('with-times', times);
    this.#elements.text.classList.toggle('with-tasks', tasks);
    this.#onTasksShown(tasks);
  }

  #showEmpty(): void {
    const { empty } = this.#elements;
    empty.hidden = this.#buffer.keptLines > 0 || empty.textContent === '';
  }

  #drawn(): void {
    this.#showEmpty();
    this.#followEnd.changed();
    this.#tools.showCount(this.#view.shown, this.#buffer.keptLines);
  }

  /** Called once typing pauses, and all lines have been filtered. */
  #tellCount(): void {
    clearTimeout(this.#countTold);
    this.#countTold = setTimeout(() => {
      const { filter } = this.#tools;
      if (isEverything(filter)) return;
      this.#elements.announcement.textContent = `${formatCount(this.#view.shown)} lines match`;
    }, 700);
  }

  /** Copies what is shown: with a filter, only the matching lines. */
  #copy(): void {
    const { filter } = this.#tools;
    const text = isEverything(filter)
      ? this.text()
      : Array.from(this.#buffer.lines())
          .flatMap((line) => (matches(line, filter) ? [line.text()] : []))
          .join('\n');
    navigator.clipboard.writeText(text).then(
      () => {
        if (this.#written.hasOtherBytes) this.#actions.report(COPIED_OTHER_BYTES);
      },
      (error: unknown) => {
        this.#actions.report(`The output could not be copied: ${String(error)}. Select it and copy it with the keyboard.`);
      },
    );
  }
}
