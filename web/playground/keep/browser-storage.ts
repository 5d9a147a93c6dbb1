/**
 * The browser's storage for the page, if available. In a sandboxed frame, or with all cookies blocked, accessing it
 * throws; then there is none. IndexedDB reports this when it is opened (files/indexed-database.ts).
 */
import { VisitMemory } from './visit-memory.js';

/** For this tab. */
export const tabMemory = new VisitMemory(() => sessionStorage);
/** For all tabs. */
export const browserMemory = new VisitMemory(() => localStorage);

/** Undefined where the page cannot have a service worker. */
export function serviceWorkersOf(page: Window): ServiceWorkerContainer | undefined {
  try {
    return 'serviceWorker' in page.navigator ? page.navigator.serviceWorker : undefined;
  } catch {
    return undefined;
  }
}

/** A channel to the page's other tabs; undefined if unavailable. */
export function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
