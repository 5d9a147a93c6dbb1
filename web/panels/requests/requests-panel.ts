import type { AnswerMessage, ListedServer, ServedRequest, ServerNews, ServerRequest } from '../../protocol/servers.js';
import { AnswerView } from './answer-view.js';
import { made, setText } from './elements.js';
import type { CheckedRequest } from './request-draft.js';
import { RequestForm } from './request-form.js';
import { RequestTable } from './request-table.js';
import { SentRequest } from './sent-request.js';
import { ServedRequests } from './served-requests.js';
import { ServerList } from './server-list.js';
import { emptyText, type RunPhase } from './texts.js';

export interface RequestsActions {
  /** To the running program. */
  send(message: ServerRequest): void;
  /** Shows the task's lane in the timeline. */
  showTask(task: number, name: string): void;
}

/** The web servers of a run: their routes, a form that sends a request, its answer, and the requests that they received. */
export class RequestsPanel {
  readonly #actions: RequestsActions;
  readonly #empty = made('div', 'empty');
  readonly #emptyText = made('p');
  readonly #content = made('div', 'requests');
  readonly #note = made('p', 'requests-note');
  readonly #servers = new ServerList((server, route) => this.#form.fill(server, route));
  readonly #form = new RequestForm({
    send: (server, request) => this.#send(server, request),
    cancel: () => this.#sent?.answer.cancel(),
  });
  readonly #answer = new AnswerView();
  readonly #table = new RequestTable(({ task, taskName }) => this.#actions.showTask(task, taskName));
  readonly #served = new ServedRequests();
  #listed: ListedServer[] = [];
  #phase: RunPhase = 'none';
  #paused = false;
  #sent: { id: number; answer: SentRequest } | undefined;
  #nextId = 1;
  #frame: number | undefined;

  constructor(root: HTMLElement, actions: RequestsActions) {
    this.#actions = actions;
    const hint = made('p');
    hint.append(
      'A program with a web server is sent requests from here while it runs: ',
      made('code', '', 'asyncio::run(web::run_app(app))'),
      ' of ',
      made('code', '', '<asyncio/web.hpp>'),
      ' serves until Stop.',
    );
    this.#empty.append(this.#emptyText, hint);
    this.#note.role = 'status';
    this.#content.append(this.#note, this.#servers.element, this.#form.element, this.#answer.element, this.#table.element);
    root.replaceChildren(this.#empty, this.#content);
    this.#draw();
  }

  started(): void {
    this.#phase = 'running';
    this.#paused = false;
    this.#listed = [];
    this.#served.clear();
    this.#sent = undefined;
    this.#answer.clear();
    this.#draw();
  }

  news({ servers, requests }: ServerNews): void {
    if (servers !== undefined) this.#listed = servers;
    this.#served.add(requests);
    this.#drawSoon();
  }

  answer({ id, part }: AnswerMessage): void {
    if (this.#sent?.id === id) this.#sent.answer.hear(part);
  }

  /** The program waits for the page before its next turn, or goes on. */
  paused(paused: boolean): void {
    this.#paused = paused;
    this.#drawSoon();
  }

  ended(): void {
    this.#phase = 'ended';
    this.#listed = this.#listed.map((server) => ({ ...server, listening: false }));
    this.#sent?.answer.programEnded();
    this.#draw();
  }

  shown(): void {
    this.#drawSoon();
  }

  #send({ port }: ListedServer, request: CheckedRequest): void {
    const id = this.#nextId++;
    const answer = new SentRequest({
      now: () => performance.now(),
      isPaused: () => this.#paused,
      close: () => this.#actions.send({ type: 'cancel-request', id }),
      changed: () => {
        this.#answer.changed();
        this.#drawSoon();
      },
    });
    this.#sent = { id, answer };
    this.#answer.show(request, port, answer);
    this.#actions.send({ type: 'send-request', id, port, ...request });
    this.#draw();
  }

  /** Once a frame, however many requests there are. */
  #drawSoon(): void {
    if (this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const hasServers = this.#listed.length > 0;
    this.#empty.hidden = hasServers;
    this.#content.hidden = !hasServers;
    setText(this.#emptyText, emptyText(this.#phase));
    if (!hasServers) return;
    const requests: ServedRequest[] = this.#served.newestFirst();
    setText(this.#note, this.#noteText());
    this.#servers.show(this.#listed);
    this.#form.show(this.#listed, this.#sent !== undefined && this.#sent.answer.end === undefined);
    this.#table.show(requests, new Set(requests.map(({ server }) => server)).size > 1);
  }

  #noteText(): string {
    if (this.#phase === 'ended') return 'The program has ended, and its servers with it. Run it again to send requests.';
    if (!this.#listed.some(({ listening }) => listening)) return 'No server is listening any more: the program has closed it.';
    return this.#paused ? 'The program is paused: it answers as you step or continue.' : '';
  }
}
