import type { AwaitGraph, AwaitGraphTask, TracePlace } from '../../protocol/trace.js';
import { button } from '../button.js';
import { formatCount } from '../format.js';
import { shorten } from '../../protocol/shorten.js';
import { placeText } from '../trace/describe.js';
import { GraphDrawing } from './graph-drawing.js';
import { labelOf, placeOf } from './graph-task.js';
import { cycleText, mostNodes, taskSentence, tasksNamed, waitGraph } from './wait-graph.js';

export interface WaitsActions {
  canGoTo(file: string): boolean;
  goTo(place: TracePlace): void;
}

const mostListed = 300;
const beforeRun = 'Run a program while this tab is open: it shows who waits for whom. A deadlock is kept here as well.';
const nothingSeen = 'Nothing was seen of the last run: it did not start, or ended at once. With the clock “Paused: step by step” each turn of its loop is shown.';
/** Maximum length announced for a cycle. */
const longestSaid = 1_000;

/** Who waits for whom: as a drawing, and in words. */
export class WaitsPanel {
  readonly #actions: WaitsActions;
  readonly #empty = paragraph('view-empty');
  readonly #content = document.createElement('div');
  readonly #fit = button('Fit', 'Show all (F)', () => this.#drawing.room.fit());
  readonly #find = document.createElement('input');
  readonly #count = document.createElement('span');
  /** A live region, for text that does not change several times a second. */
  readonly #status = paragraph('waits-status');
  readonly #picture = document.createElement('div');
  readonly #drawing: GraphDrawing;
  readonly #list = document.createElement('details');
  readonly #summary = document.createElement('summary');
  readonly #items = document.createElement('ul');
  #graph: AwaitGraph | undefined;
  #live = false;
  /** What is shown, to avoid redrawing the same. */
  #shown = '';

  constructor(root: HTMLElement, actions: WaitsActions) {
    this.#actions = actions;
    this.#content.className = 'waits';
    const bar = document.createElement('div');
    bar.className = 'timeline-bar';
    this.#find.type = 'search';
    this.#find.placeholder = 'Find tasks';
    this.#find.ariaLabel = 'Find tasks that wait, by name or coroutine';
    this.#find.autocomplete = 'off';
    this.#find.spellcheck = false;
    this.#count.className = 'waits-count';
    const wider = button('−', 'Zoom out (-)', () => this.#drawing.room.wider());
    const closer = button('+', 'Zoom in (+)', () => this.#drawing.room.closer());
    wider.ariaLabel = 'Zoom out';
    closer.ariaLabel = 'Zoom in';
    bar.append(this.#fit, wider, closer, this.#find, this.#count);
    this.#status.role = 'status';
    this.#picture.className = 'waits-picture';
    this.#picture.tabIndex = 0;
    this.#picture.role = 'region';
    this.#picture.ariaLabel = 'Who waits for whom. Plus and minus zoom, F shows all.';
    this.#drawing = new GraphDrawing(
      this.#picture,
      (node) => {
        if (node.place !== undefined) this.#goTo(node.place);
      },
      () => this.#showZoom(),
    );
    this.#showZoom();
    new ResizeObserver(() => this.#draw()).observe(this.#picture);
    this.#list.className = 'waits-list';
    this.#list.append(this.#summary, this.#items);
    this.#content.append(bar, this.#status, this.#picture, this.#list);
    root.replaceChildren(this.#empty, this.#content);
    this.#find.addEventListener('input', () => this.#draw());
    this.#list.addEventListener('toggle', () => this.#draw());
    this.#say(beforeRun);
  }

  started(): void {
    this.#live = true;
    this.#graph = undefined;
    this.#say('No task is waiting yet.');
  }

  show(graph: AwaitGraph): void {
    this.#graph = graph;
    this.#draw();
  }

  ended(): void {
    this.#live = false;
    if (this.#graph === undefined) this.#say(nothingSeen);
    this.#draw();
  }

  shown(): void {
    this.#draw();
  }

  #say(text: string): void {
    this.#empty.textContent = text;
    this.#empty.hidden = false;
    this.#content.hidden = true;
    this.#shown = '';
  }

  #draw(): void {
    const graph = this.#graph;
    if (graph === undefined) return;
    const wanted = this.#find.value;
    const { reason, tasks, things, cycles, omitted } = graph;
    const { offsetWidth, offsetHeight } = this.#picture;
    const key = JSON.stringify([reason, tasks, things, cycles, omitted, wanted, this.#live, this.#list.open, offsetWidth, offsetHeight]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#empty.hidden = true;
    this.#content.hidden = false;
    const status = this.#statusText(graph);
    if (this.#status.textContent !== status) this.#status.textContent = status;
    this.#status.dataset['reason'] = graph.reason;
    const named = tasksNamed(graph, wanted);
    this.#count.textContent = countText(graph, named.length);
    const drawn = waitGraph(graph, wanted);
    if (drawn === undefined) {
      this.#drawing.clear();
      this.#picture.hidden = true;
      this.#list.open = true;
    } else {
      this.#picture.hidden = false;
      this.#drawing.draw(drawn, `${formatCount(drawn.nodes.length)} tasks and objects; the list below has the same content as text`);
    }
    this.#summary.textContent =
      drawn === undefined ? `More than ${mostNodes} to draw: search by name, or read the list` : 'As a list';
    this.#fillList(graph, named);
  }

  #statusText(graph: AwaitGraph): string {
    const cycles = shorten(graph.cycles.map((cycle) => cycleText(graph, cycle)).join('; '), longestSaid);
    switch (graph.reason) {
      case 'deadlock':
        return cycles === '' ? 'Deadlock: no task can continue.' : `Deadlock, tasks wait in a cycle: ${cycles}`;
      case 'stop':
        return 'The state when Stop was pressed.';
      case 'asked':
        if (cycles !== '') return `Tasks wait in a cycle: ${cycles}`;
        return this.#live ? '' : 'The last state seen before the program ended.';
    }
  }

  #fillList(graph: AwaitGraph, named: AwaitGraphTask[]): void {
    if (!this.#list.open) return;
    const focused = document.activeElement instanceof HTMLElement && this.#items.contains(document.activeElement)
      ? document.activeElement.dataset['task']
      : undefined;
    const items = named.slice(0, mostListed).map((task) => this.#item(graph, task));
    if (named.length > mostListed) {
      const more = document.createElement('li');
      more.textContent = `${formatCount(named.length - mostListed)} more: search by name`;
      items.push(more);
    }
    this.#items.replaceChildren(...items);
    if (focused !== undefined) this.#items.querySelector<HTMLElement>(`[data-task="${focused}"]`)?.focus();
  }

  #item(graph: AwaitGraph, task: AwaitGraphTask): HTMLElement {
    const item = document.createElement('li');
    const sentence = document.createElement('span');
    sentence.textContent = taskSentence(graph, task);
    item.append(sentence);
    const place = placeOf(task);
    if (this.#actions.canGoTo(place.file)) {
      const go = document.createElement('button');
      go.type = 'button';
      go.className = 'quiet';
      go.dataset['task'] = String(task.id);
      go.textContent = placeText(place);
      go.ariaLabel = `${placeText(place)}, where ${labelOf(task)} is`;
      go.addEventListener('click', () => this.#goTo(place));
      item.append(go);
    }
    return item;
  }

  #showZoom(): void {
    this.#fit.ariaPressed = String(this.#drawing.room.fits);
  }

  #goTo(place: TracePlace): void {
    if (this.#actions.canGoTo(place.file)) this.#actions.goTo(place);
  }
}

function countText(graph: AwaitGraph, named: number): string {
  const all = graph.tasks.length + graph.omitted;
  const count = named === graph.tasks.length ? '' : `${formatCount(named)} of `;
  const omitted = graph.omitted > 0 ? `, ${formatCount(graph.omitted)} of them left out` : '';
  return `${count}${formatCount(all)} ${all === 1 ? 'task' : 'tasks'}${omitted}`;
}

function paragraph(className: string): HTMLElement {
  const made = document.createElement('p');
  made.className = className;
  return made;
}
