import type { SiteService } from './site-service.js';

/** Milliseconds after the page is ready: what people do first has the machine for itself. */
const delay = 2_000;

/** Keeps the site for visits without a network, and says in `note` whether that went well. */
export async function keepForOffline(service: SiteService, ready: Promise<void>, note: HTMLElement): Promise<void> {
  if (!service.possible) return;
  try {
    await ready;
  } catch {
    return; // There is no network, or the site is broken: the page says so where it matters.
  }
  await new Promise((resolve) => {
    setTimeout(resolve, delay);
  });
  try {
    await service.keepSite();
    note.textContent = 'Works offline';
  } catch (error) {
    note.textContent = `Needs a network next time (${error instanceof Error ? error.message : String(error)})`;
  }
}
