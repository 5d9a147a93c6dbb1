/** Whether this is `npm run test:all`. */
export const isTestAll = process.env['ASYNCIO_TESTS'] === 'all';

/** All cases in `npm run test:all`; in `npm test` as many of them, evenly spread. */
export function sampleOf<T>(cases: readonly T[], count: number): readonly T[] {
  const share = count / cases.length;
  return isTestAll ? cases : cases.filter((_case, at) => Math.floor((at + 1) * share) > Math.floor(at * share));
}

/** Defines tests that take long and seldom find anything: they run in `npm run test:all` alone. */
export function onlyInTestAll(define: () => void): void {
  if (isTestAll) define();
}
