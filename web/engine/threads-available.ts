/** Whether programs of this page can have threads. */
export function threadsAvailable(): boolean {
  return crossOriginIsolated && browserHasThreads();
}

/** Whether they could, were the page cross-origin isolated: a wait must be able to hold up a program. */
export function browserHasThreads(): boolean {
  return 'Suspending' in WebAssembly && 'waitAsync' in Atomics;
}
