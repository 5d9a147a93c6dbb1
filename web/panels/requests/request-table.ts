import { MOST_REQUESTS, type ServedRequest } from '../../protocol/servers.js';
import { formatMs } from '../format.js';
import { made, methodChip, statusClass } from './elements.js';

const columns = ['Method', 'Path', 'Status', 'Time', 'Task'];

/** The requests that the servers of the run received, the newest first. */
export class RequestTable {
  readonly element = made('section', 'served');
  readonly #showTask: (request: ServedRequest) => void;
  readonly #hint = made('p', 'requests-hint');
  readonly #table = made('table');
  readonly #rows = made('tbody');
  readonly #byNumber = new Map<number, { row: HTMLTableRowElement; shown: string }>();

  constructor(showTask: (request: ServedRequest) => void) {
    this.#showTask = showTask;
    const title = made('h2', 'served-title', 'Requests of the run');
    title.id = 'served-title';
    this.element.setAttribute('aria-labelledby', title.id);
    const head = made('thead');
    const names = made('tr');
    names.append(
      ...columns.map((name) => {
        const cell = made('th', '', name);
        cell.scope = 'col';
        return cell;
      }),
    );
    head.append(names);
    this.#table.append(head, this.#rows);
    this.element.append(title, this.#hint, this.#table);
  }

  /** `ofSeveral`: the server is named too. */
  show(requests: ServedRequest[], ofSeveral: boolean): void {
    this.#hint.hidden = requests.length > 0 && requests.length < MOST_REQUESTS;
    this.#hint.textContent = requests.length === 0 ? 'None yet. Those of the program’s own ClientSession are listed too.' : `The last ${MOST_REQUESTS}.`;
    this.#table.hidden = requests.length === 0;
    const kept = new Set(requests.map(({ number }) => number));
    for (const [number, { row }] of this.#byNumber) {
      if (kept.has(number)) continue;
      row.remove();
      this.#byNumber.delete(number);
    }
    let before: Element | null = this.#rows.firstElementChild;
    for (const request of requests) {
      const row = this.#row(request, ofSeveral);
      if (row === before) before = row.nextElementSibling;
      else this.#rows.insertBefore(row, before);
    }
  }

  #row(request: ServedRequest, ofSeveral: boolean): HTMLTableRowElement {
    const known = this.#byNumber.get(request.number);
    const shown = JSON.stringify([request, ofSeveral]);
    if (known?.shown === shown) return known.row;
    const row = known?.row ?? made('tr');
    const hadFocus = row.contains(document.activeElement);
    row.replaceChildren(...this.#cells(request, ofSeveral));
    row.onclick = () => this.#showTask(request);
    if (hadFocus) row.querySelector('button')?.focus();
    this.#byNumber.set(request.number, { row, shown });
    return row;
  }

  #cells(request: ServedRequest, ofSeveral: boolean): HTMLElement[] {
    const { server, method, target, state, took, taskName } = request;
    const chip = made('td');
    chip.append(methodChip(method));
    const path = made('td', 'served-path');
    path.title = `${server}${target}`;
    if (ofSeveral) path.append(made('span', 'served-server', server));
    path.append(target);
    const go = made('button', 'quiet', taskName);
    go.type = 'button';
    go.title = 'Show its lane in the timeline';
    go.ariaLabel = `${taskName}: show its lane in the timeline`;
    const task = made('td', 'served-task');
    task.append(go);
    const time = made('td', 'served-time', state === 'open' ? '…' : formatMs(took / 1000));
    return [chip, path, statusCell(request), time, task];
  }
}

function statusCell({ status, state }: ServedRequest): HTMLElement {
  const cell = made('td');
  const text = made('span', 'status', status === 0 ? (state === 'open' ? '…' : 'none') : String(status));
  if (status !== 0) text.dataset['status'] = statusClass(status);
  cell.append(text);
  if (state === 'broken') {
    cell.append(made('span', 'served-broken', status === 0 ? '' : ' broken off'));
    cell.title = 'It ended before all of its answer was sent: its handler was cancelled, or the client went.';
  }
  return cell;
}
