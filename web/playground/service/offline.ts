import type { SiteService } from './site-service.js';

/** Milliseconds after the page is ready: leaves the processor free for the user's first actions. */
const delay = 2_000;

/** Caches the site for offline visits, and shows in `note` whether that succeeded. */
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
