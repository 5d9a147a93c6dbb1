import type { Pace, TimelineActions } from '../../panels/timeline/timeline-view.js';
import type { RequestsActions } from '../../panels/requests/requests-panel.js';
import type { AwaitGraph, TraceBatch } from '../../protocol/trace.js';
import type { AnswerMessage, ListedServer, ServerNews } from '../../protocol/servers.js';
import type { Clock, ProgramOptions, RunEvent, WatchMessage } from '../../protocol/program.js';

/** A panel's code is loaded when it is first opened. */
export interface TimelineLike {
  started(pace: Pace): void;
  add(batch: TraceBatch): void;
  ended(): void;
  shown(): void;
  /** Selects the task's lane. */
  goTo(task: number, name: string): void;
}

export interface WaitsLike {
  started(): void;
  show(graph: AwaitGraph): void;
  ended(): void;
  shown(): void;
}

export interface RequestsLike {
  started(): void;
  news(news: ServerNews): void;
  answer(answer: AnswerMessage): void;
  paused(paused: boolean): void;
  ended(): void;
  shown(): void;
}

export interface WatchingParts {
  loadTimeline(): Promise<TimelineLike>;
  loadWaits(): Promise<WaitsLike>;
  loadRequests(): Promise<RequestsLike>;
  /** Sends a request to the running program, if any. */
  ask(message: WatchMessage): void;
  report(message: string): void;
  /** A view has nothing to show, since it was closed in the last run: whether to offer another one. */
  offerAgain(view: WatchedView, offered: boolean): void;
  /** Whether to mark that the program is in a deadlock, which the waits, not open, would show. */
  markDeadlock(marked: boolean): void;
  /** Whether to mark that a web server of the program listens. */
  markServer(marked: boolean): void;
}

/** The views that show a run only if they were open in it. */
export type WatchedView = 'timeline-tab' | 'waits-tab' | 'requests-tab';
const watchedViews: readonly WatchedView[] = ['timeline-tab', 'waits-tab', 'requests-tab'];

const paces: Record<Clock, Pace> = {
  real: { loop: 1, real: 1 },
  slow: { loop: 0.1, real: 1 },
  fast: { loop: 0, real: 1 },
  paused: { loop: 0, real: 1 },
};
/** Interval between requests for await graphs. */
const graphPauseMs = 250;

/** Requests only the data of the open views: hidden views cost nothing. */
export class Watching {
  readonly #parts: WatchingParts;
  /** The tabs of the open views. */
  #views = new Set<string>();
  #namesTasks = false;
  #timeline: Promise<TimelineLike> | undefined;
  #waits: Promise<WaitsLike> | undefined;
  #requests: Promise<RequestsLike> | undefined;
  /** The current run. `requests`: those of its servers are recorded. */
  #run: { pace: Pace; requests: boolean } | undefined;
  /** The views that have a part of the last run; undefined before the first. */
  #seen: Set<string> | undefined;
  /** Batches and graphs belong to the most recent run. */
  #graph: AwaitGraph | undefined;
  /** The servers of the most recent run. */
  #servers: ListedServer[] = [];
  #nextGraph: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: WatchingParts) {
    this.#parts = parts;
  }

  /** Whether a run that starts now is traced from its beginning. */
  get traces(): boolean {
    // A request leads to its task's lane.
    return this.#views.has('timeline-tab') || this.#views.has('requests-tab') || this.#namesTasks;
  }

  /** How much a run that starts now tells of its servers. */
  get servers(): NonNullable<ProgramOptions['servers']> {
    return this.#views.has('requests-tab') ? 'watched' : 'reachable';
  }

  /** The console names the tasks of its lines; only a trace has their coroutines. */
  nameTasks(on: boolean): void {
    this.#trace(() => (this.#namesTasks = on));
  }

  /** The views with these tabs are visible now. */
  open(...views: string[]): void {
    const before = this.#views;
    this.#trace(() => (this.#views = new Set(views)));
    const isNew = (view: string): boolean => this.#views.has(view) && !before.has(view);
    if (!this.#views.has('waits-tab')) clearTimeout(this.#nextGraph);
    if (this.#run !== undefined) for (const view of views) this.#seen?.add(view);
    this.#offerAgain();
    if (isNew('timeline-tab')) this.#withTimeline((timeline) => timeline.shown());
    if (isNew('waits-tab')) {
      this.#parts.markDeadlock(false);
      this.#withWaits((waits) => waits.shown());
      this.#askForGraph();
    }
    if (isNew('requests-tab')) {
      this.#recordRequests();
      this.#withRequests((requests) => requests.shown());
    }
  }

  /** Selects a task in the timeline, which is visible. */
  showTask(task: number, name: string): void {
    this.#withTimeline((timeline) => timeline.goTo(task, name));
  }

  /** A run begins; the returned function reports its end. */
  started(clock: Clock): () => void {
    const run = { pace: paces[clock], requests: this.#views.has('requests-tab') };
    this.#run = run;
    this.#servers = [];
    this.#seen = new Set(this.#views);
    if (this.traces) this.#seen.add('timeline-tab');
    this.#offerAgain();
    this.#graph = undefined;
    this.#parts.markDeadlock(false);
    this.#parts.markServer(false);
    clearTimeout(this.#nextGraph);
    if (this.#timeline !== undefined) this.#withTimeline((timeline) => timeline.started(run.pace));
    if (this.#waits !== undefined) this.#withWaits((waits) => waits.started());
    if (this.#requests !== undefined) this.#withRequests((requests) => requests.started());
    if (this.#views.has('waits-tab')) this.#askForGraph();
    return () => {
      if (this.#run !== run) return;
      this.#run = undefined;
      clearTimeout(this.#nextGraph);
      if (this.#timeline !== undefined) this.#withTimeline((timeline) => timeline.ended());
      if (this.#waits !== undefined) this.#withWaits((waits) => waits.ended());
      this.#parts.markServer(false);
      if (this.#requests !== undefined) this.#withRequests((requests) => requests.ended());
      this.#offerAgain();
    };
  }

  event(event: RunEvent): void {
    switch (event.type) {
      case 'trace':
        this.#withTimeline((timeline) => timeline.add(event));
        break;
      case 'await-graph':
        this.#graph = event;
        this.#seen?.add('waits-tab');
        this.#offerAgain();
        if (this.#waits !== undefined) this.#withWaits((waits) => waits.show(event));
        if (event.reason === 'asked') this.#askSoon();
        if (event.reason === 'deadlock' && !this.#views.has('waits-tab')) this.#parts.markDeadlock(true);
        break;
      case 'paused':
        // Nothing changes while paused: a graph requested before is still current. The editor shows where tasks wait.
        this.#parts.ask({ type: 'await-graph' });
        if (this.#requests !== undefined) this.#withRequests((requests) => requests.paused(true));
        break;
      case 'server-news':
        if (event.servers !== undefined) this.#listServers(event.servers);
        if (this.#requests !== undefined) this.#withRequests((requests) => requests.news(event));
        break;
      case 'answer':
        if (this.#requests !== undefined) this.#withRequests((requests) => requests.answer(event));
        break;
    }
  }

  /** A paused program goes on. */
  goesOn(): void {
    if (this.#requests !== undefined) this.#withRequests((requests) => requests.paused(false));
  }

  #listServers(servers: ListedServer[]): void {
    this.#servers = servers;
    this.#parts.markServer(servers.some(({ listening }) => listening));
  }

  /** From now to the end of the run, whatever view is open: the list has no gaps. */
  #recordRequests(): void {
    if (this.#run === undefined || this.#run.requests) return;
    this.#run.requests = true;
    this.#parts.ask({ type: 'watch-requests', on: true });
  }

  /** Makes a change after which the program is to be traced, or not any more. */
  #trace(change: () => void): void {
    const before = this.traces;
    change();
    if (this.traces === before) return;
    if (this.traces && this.#run !== undefined) this.#seen?.add('timeline-tab');
    this.#parts.ask({ type: 'trace', on: this.traces });
  }

  #offerAgain(): void {
    for (const view of watchedViews) {
      const hasMore = view !== 'requests-tab' || this.#servers.length > 0;
      this.#parts.offerAgain(view, this.#run === undefined && hasMore && this.#seen?.has(view) === false);
    }
  }

  #askForGraph(): void {
    if (this.#run === undefined) return;
    this.#parts.ask({ type: 'await-graph' });
    // A program that has not started receives nothing.
    this.#askSoon();
  }

  #askSoon(): void {
    clearTimeout(this.#nextGraph);
    if (this.#run !== undefined && this.#views.has('waits-tab')) {
      this.#nextGraph = setTimeout(() => this.#askForGraph(), graphPauseMs);
    }
  }

  #withTimeline(use: (timeline: TimelineLike) => void): void {
    if (this.#timeline === undefined) {
      const run = this.#run;
      this.#timeline = this.#parts.loadTimeline();
      if (run !== undefined) this.#withTimeline((timeline) => timeline.started(run.pace));
    }
    this.#use(this.#timeline, use, 'timeline', () => (this.#timeline = undefined));
  }

  #withWaits(use: (waits: WaitsLike) => void): void {
    if (this.#waits === undefined) {
      const graph = this.#graph;
      this.#waits = this.#parts.loadWaits();
      if (this.#run !== undefined) this.#withWaits((waits) => waits.started());
      if (graph !== undefined) this.#withWaits((waits) => waits.show(graph));
    }
    this.#use(this.#waits, use, 'graph of waits', () => (this.#waits = undefined));
  }

  #withRequests(use: (requests: RequestsLike) => void): void {
    if (this.#requests === undefined) {
      const { pastRun, servers } = { pastRun: this.#seen !== undefined, servers: this.#servers };
      this.#requests = this.#parts.loadRequests();
      if (pastRun) {
        this.#withRequests((requests) => {
          requests.started();
          requests.news({ type: 'server-news', servers, requests: [] });
        });
        if (this.#run === undefined) this.#withRequests((requests) => requests.ended());
      }
    }
    this.#use(this.#requests, use, 'panel of requests', () => (this.#requests = undefined));
  }

  #use<T>(panel: Promise<T>, use: (panel: T) => void, name: string, forget: () => void): void {
    panel.then(use).catch((error: unknown) => {
      forget();
      this.#parts.report(`The ${name} could not be shown (${String(error)}). Switch to another tab and back to retry.`);
    });
  }
}

/** The real panels, each with its code loaded on demand. */
export function watchingPanels(
  roots: { timeline: HTMLElement; waits: HTMLElement; requests: HTMLElement },
  actions: TimelineActions & RequestsActions,
): Pick<WatchingParts, 'loadTimeline' | 'loadWaits' | 'loadRequests'> {
  return {
    loadTimeline: async () => {
      const { TimelinePanel } = await import('../../panels/timeline/timeline-panel.js');
      return new TimelinePanel(roots.timeline, actions);
    },
    loadWaits: async () => {
      const { WaitsPanel } = await import('../../panels/waits/waits-panel.js');
      return new WaitsPanel(roots.waits, actions);
    },
    loadRequests: async () => {
      const { RequestsPanel } = await import('../../panels/requests/requests-panel.js');
      return new RequestsPanel(roots.requests, actions);
    },
  };
}
