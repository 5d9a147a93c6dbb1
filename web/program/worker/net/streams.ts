import type { NetContext } from './host.js';

/** A body that arrives piece by piece, `gapMs` apart, but only as fast as it is read. */
export function paced(
  pieces: Iterable<Uint8Array<ArrayBuffer>>,
  gapMs: number,
  { clock }: NetContext,
  signal: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const source = pieces[Symbol.iterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          if (gapMs > 0) await clock.sleep(gapMs, signal);
          signal.throwIfAborted();
          const next = source.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(error);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
