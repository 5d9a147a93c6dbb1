/** Runs after the page's first paint, when the browser is idle. */
export function afterFirstPaint(action: () => void): void {
  requestAnimationFrame(() => {
    setTimeout(() => {
      if ('requestIdleCallback' in window) requestIdleCallback(action, { timeout: 500 });
      else action();
    }, 0);
  });
}
