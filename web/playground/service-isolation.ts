import { browserHasThreads } from '../program/threads-available.js';
import type { Isolation } from './threads-switch.js';

/** Isolation by isolation-worker.ts, which the build puts beside index.html. */
export function serviceIsolation(page: Window): Isolation {
  const services = 'serviceWorker' in page.navigator ? page.navigator.serviceWorker : undefined;
  const script = new URL('./isolation-worker.js', page.document.baseURI).href;
  const registration = async (): Promise<ServiceWorkerRegistration | undefined> => {
    const found = await services?.getRegistration(script);
    return found?.active?.scriptURL === script ? found : undefined;
  };
  return {
    possible: services !== undefined && browserHasThreads(),
    on: page.crossOriginIsolated,
    served: async () => (await registration()) !== undefined,
    async turnOn() {
      await services?.register(script);
      await services?.ready;
    },
    async turnOff() {
      await (await registration())?.unregister();
    },
    reload() {
      page.location.reload();
    },
  };
}
