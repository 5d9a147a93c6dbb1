import type { OpenSnippet } from './open-snippet.js';

/** The page goes and comes: what is open is stored before, and looked at again after. */
export function followPage(page: Window, open: OpenSnippet): void {
  page.addEventListener('pagehide', () => open.leave());
  page.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void open.refresh();
  });
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') open.leave();
    else void open.refresh();
  });
  // Only where nothing else can keep it does the browser ask.
  page.addEventListener('beforeunload', (event) => {
    if (!open.leave()) event.preventDefault();
  });
}
