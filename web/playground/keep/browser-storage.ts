/**
 * What a browser keeps for the page, where it lets it. In a sandboxed frame, or with all cookies forbidden, to ask for
 * any of it throws; then there is none. IndexedDB says so itself when it is opened (files/indexed-database.ts).
 */
import { VisitMemory } from './visit-memory.js';

/** Of this tab. */
export const tabMemory = new VisitMemory(() => sessionStorage);
/** Of all tabs. */
export const browserMemory = new VisitMemory(() => localStorage);

/** Undefined where the page can have no service worker. */
export function serviceWorkersOf(page: Window): ServiceWorkerContainer | undefined {
  try {
    return 'serviceWorker' in page.navigator ? page.navigator.serviceWorker : undefined;
  } catch {
    return undefined;
  }
}

/** To the other tabs of the page; undefined where it has none. */
export function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
