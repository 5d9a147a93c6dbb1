/** Measures the peers that the runtime is compared with, one at a time, in a worker, since programs run in one too. */
import { measure as measurePromises } from '../peers/promises.js';
import type { Sample } from '../peers/promises.js';
import { loadAsyncio } from './pyodide.js';

export type Peer = 'promises' | 'pyodide';
export interface PeerRequest {
  peer: Peer;
  benchmark: string;
  seconds: number;
}
export type PeerReply = { sample: Sample } | { problem: string };

let asyncio: ReturnType<typeof loadAsyncio> | undefined;

async function measure({ peer, benchmark, seconds }: PeerRequest): Promise<Sample> {
  if (peer === 'promises') return measurePromises(benchmark, seconds);
  asyncio ??= loadAsyncio();
  return (await asyncio)(benchmark, seconds);
}

self.onmessage = (event: MessageEvent<PeerRequest>): void => {
  measure(event.data).then(
    (sample) => {
      self.postMessage({ sample } satisfies PeerReply);
    },
    (error: unknown) => {
      self.postMessage({ problem: String(error) } satisfies PeerReply);
    },
  );
};
