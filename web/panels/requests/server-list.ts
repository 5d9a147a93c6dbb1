import type { ListedServer, ServerRoute } from '../../protocol/servers.js';
import { formatCount } from '../format.js';
import { made, methodChip } from './elements.js';

/** The servers of the run and their routes, each a button that fills the form. */
export class ServerList {
  readonly element = made('section', 'servers');
  readonly #choose: (server: ListedServer, route: ServerRoute) => void;
  #shown = '';

  constructor(choose: (server: ListedServer, route: ServerRoute) => void) {
    this.#choose = choose;
    this.element.ariaLabel = 'Servers and their routes';
  }

  show(servers: ListedServer[]): void {
    const key = JSON.stringify(servers);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = this.element.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['route'] : undefined;
    // Those that listen come first.
    const ordered = servers.toSorted((a, b) => Number(b.listening) - Number(a.listening));
    this.element.replaceChildren(...ordered.map((server) => this.#server(server)));
    if (focused !== undefined) this.element.querySelector<HTMLElement>(`[data-route=${CSS.escape(focused)}]`)?.focus();
  }

  #server(server: ListedServer): HTMLElement {
    const part = made('div', 'server');
    const head = made('h2', 'server-head');
    const state = made('span', 'server-state', server.listening ? 'listens' : 'closed');
    state.dataset['listening'] = String(server.listening);
    head.append(made('span', 'server-url', server.url), state);
    part.append(head);
    if (server.routes.length === 0) {
      part.append(made('p', 'requests-hint', 'It has no routes: each request is answered with 404.'));
      return part;
    }
    const routes = made('ul', 'routes');
    routes.append(
      ...server.routes.map((route, at) => {
        const item = made('li');
        const button = made('button', 'route');
        button.type = 'button';
        button.dataset['route'] = `${server.number}-${at}`;
        button.title = 'Put it into the form';
        button.append(methodChip(route.method), made('span', 'route-pattern', route.pattern));
        button.addEventListener('click', () => this.#choose(server, route));
        item.append(button);
        return item;
      }),
    );
    part.append(routes);
    if (server.routesLeftOut > 0) part.append(made('p', 'requests-hint', `${formatCount(server.routesLeftOut)} more routes are not shown.`));
    return part;
  }
}
