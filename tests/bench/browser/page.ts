/** The page in which the benchmarks run, driven by tests/bench/browser.mjs. */
import { createFileStore } from '../../../web/files/file-store.js';
import { createHost } from '../../../web/engine/program-hosts.js';
import { runFilesOf } from '../../../web/engine/run-files.js';
import type { Sample } from '../peers/promises.js';
import type { Peer, PeerReply, PeerRequest } from './peer-worker.js';

const host = createHost({ threads: false, openFiles: runFilesOf(createFileStore('bench')) })();
let module: Uint8Array | undefined;
let peers: Worker | undefined;

/** The C++ program, in the page's own program host. */
async function program(benchmark: string, seconds: number): Promise<Sample> {
  module ??= new Uint8Array(await (await fetch('./bench.wasm')).arrayBuffer());
  await host.warm();
  const text = { stdout: '', stderr: '' };
  const run = host.run(module.slice(), { args: [benchmark, String(seconds)], stdin: '' }, (stream, piece) => {
    text[stream] += piece;
  });
  const outcome = await run.outcome;
  if (outcome.type !== 'complete' || outcome.exitCode !== 0) throw new Error(`${JSON.stringify(outcome)} ${text.stderr}`);
  return JSON.parse(text.stdout) as Sample;
}

function peer(request: PeerRequest): Promise<Sample> {
  peers ??= new Worker(new URL('./peer-worker.ts', import.meta.url), { type: 'module' });
  const worker = peers;
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<PeerReply>) => {
      if ('sample' in data) resolve(data.sample);
      else reject(new Error(data.problem));
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
    worker.postMessage(request);
  });
}

const bench = {
  measure(variant: 'wasm' | Peer, benchmark: string, seconds: number): Promise<Sample> {
    return variant === 'wasm' ? program(benchmark, seconds) : peer({ peer: variant, benchmark, seconds });
  },
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}

window.bench = bench;
