/** Whether programs in this page can have threads. */
export function threadsAvailable(): boolean {
  return crossOriginIsolated && browserHasThreads();
}

/** Whether the browser has them if the page is cross-origin isolated: a wait must be able to suspend a program. */
export function browserHasThreads(): boolean {
  return 'Suspending' in WebAssembly && 'waitAsync' in Atomics;
}
