import { browserHasThreads } from '../../engine/threads-available.js';
import type { ServiceReply, ServiceRequest } from '../../protocol/service.js';
import { serviceWorkersOf } from '../keep/browser-storage.js';
import type { Isolation } from '../options/threads-switch.js';

type State = Extract<ServiceReply, { type: 'state' }>;

/** The page's side of site-worker.ts, which the build puts next to index.html. */
export class SiteService {
  readonly #page: Window;
  readonly #services: ServiceWorkerContainer | undefined;
  readonly #script: string;

  constructor(page: Window) {
    this.#page = page;
    this.#services = serviceWorkersOf(page);
    this.#script = new URL('./site-worker.js', page.document.baseURI).href;
  }

  get possible(): boolean {
    return this.#services !== undefined;
  }

  /** From then on the page opens offline. Rejects when the browser has no room or forbids it. */
  async keepSite(): Promise<void> {
    await this.#register();
    await this.#request({ type: 'keep' });
  }

  /** Calls `found` once when the worker belongs to another version of the site than this page. */
  watchForNewer(script: string, found: () => void): void {
    const compare = async (): Promise<void> => {
      const state = await this.#state();
      if (state === undefined || state.files.some((file) => script.endsWith(file))) return;
      this.#services?.removeEventListener('controllerchange', changed);
      found();
    };
    const changed = (): void => void compare().catch(() => undefined);
    this.#services?.addEventListener('controllerchange', changed);
    this.#page.document.addEventListener('visibilitychange', () => {
      // Offline there is no newer one.
      if (this.#page.document.visibilityState === 'visible') void this.#update().catch(() => undefined);
    });
  }

  isolation(): Isolation {
    return {
      possible: this.possible && browserHasThreads(),
      on: this.#page.crossOriginIsolated,
      served: async () => (await this.#state())?.isolates === true,
      turnOn: async () => {
        await this.#register();
        await this.#request({ type: 'isolate', on: true });
      },
      turnOff: async () => {
        await this.#request({ type: 'isolate', on: false });
      },
      reload: () => {
        this.#page.location.reload();
      },
    };
  }

  async #register(): Promise<void> {
    await this.#services?.register(this.#script, { updateViaCache: 'none' });
    await this.#services?.ready;
  }

  async #update(): Promise<void> {
    await (await this.#registration())?.update();
  }

  async #state(): Promise<State | undefined> {
    const registration = await this.#registration();
    return registration?.active == null ? undefined : this.#request({ type: 'ask' });
  }

  async #registration(): Promise<ServiceWorkerRegistration | undefined> {
    // Fails in a browser that stores nothing for the page.
    const found = await this.#services?.getRegistration(this.#script).catch(() => undefined);
    return found?.active?.scriptURL === this.#script ? found : undefined;
  }

  async #request(request: ServiceRequest): Promise<State> {
    const worker = (await this.#services?.ready)?.active;
    if (worker == null) throw new Error('the browser has not started the service worker');
    const { port1, port2 } = new MessageChannel();
    const reply = await new Promise<ServiceReply>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data as ServiceReply);
      worker.postMessage(request, [port2]);
    });
    port1.close();
    if (reply.type === 'failed') throw new Error(reply.message);
    return reply;
  }
}
