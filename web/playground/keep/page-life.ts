import type { OpenSnippet } from './open-snippet.js';

/** Stores the open snippet before the page is hidden or unloaded, and reloads it when the page returns. */
export function followPage(page: Window, open: OpenSnippet): void {
  page.addEventListener('pagehide', () => open.leave());
  page.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void open.refresh();
  });
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') open.leave();
    else void open.refresh();
  });
  // The browser asks for confirmation only if the edits cannot be stored.
  page.addEventListener('beforeunload', (event) => {
    if (!open.leave()) event.preventDefault();
  });
}
