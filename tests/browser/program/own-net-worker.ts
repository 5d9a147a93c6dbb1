/** The same loop of requests as in http-cases.cpp, in JavaScript, in a worker like programs. */
import { ProgramClock } from '../../../web/program/worker/clock.js';
import { Net } from '../../../web/program/worker/net/net.js';
import { Random } from '../../../web/program/worker/net/random.js';

/** `fetch`: with the objects of JavaScript's own fetch. `bare`: without them. */
export type OwnNetLoop = 'fetch' | 'bare';

export interface OwnNetRequest {
  loop: OwnNetLoop;
  count: number;
}

const url = 'https://echo.test/';

const loops: Record<OwnNetLoop, (net: Net, count: number) => Promise<void>> = {
  async fetch(net, count) {
    for (let i = 0; i < count; i += 1) {
      const { response } = await net.fetch(new Request(url));
      await response.arrayBuffer();
    }
  },
  async bare(net, count) {
    for (let i = 0; i < count; i += 1) {
      const { signal } = new AbortController();
      await net.answer({ url: new URL(url), signal, request: undefined });
    }
  },
};

self.onmessage = async ({ data: { loop, count } }: MessageEvent<OwnNetRequest>) => {
  const net = new Net({ clock: new ProgramClock(), random: new Random(1) });
  const startedAt = performance.now();
  await loops[loop](net, count);
  self.postMessage(performance.now() - startedAt);
};
