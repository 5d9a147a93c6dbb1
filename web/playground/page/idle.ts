/** When the page has been painted once and the browser has nothing more urgent to do. */
export function afterFirstPaint(action: () => void): void {
  requestAnimationFrame(() => {
    setTimeout(() => {
      if ('requestIdleCallback' in window) requestIdleCallback(action, { timeout: 500 });
      else action();
    }, 0);
  });
}
