import type { CompileReply, CompileRequest } from '../protocol/compile.js';
import type { Compiler } from './compiler.js';
import { fetchKit, openCompiler, warmUp } from './load.js';

declare const self: DedicatedWorkerGlobalScope;

let compiler: Compiler | undefined;

/** Requests are answered one after the other, in the order they came. */
let last: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<CompileRequest>) => {
  last = last.then(() => answer(data)).catch((error: unknown) => {
    reply({ type: 'failed', id: data.id, message: messageOf(error), retriable: true });
  });
});

async function answer(request: CompileRequest): Promise<void> {
  switch (request.type) {
    case 'load':
      return load(request);
    case 'compile':
      return compile(request);
  }
}

async function load({ id, base, kit: given }: Extract<CompileRequest, { type: 'load' }>): Promise<void> {
  const kit =
    given ??
    (await fetchKit(base, (phase, loadedBytes, totalBytes) => {
      reply({ type: 'progress', id, phase, loadedBytes, totalBytes });
    }));
  reply({ type: 'progress', id, phase: 'prepare', loadedBytes: 0, totalBytes: 0 });
  const opened = await openCompiler(base, kit);
  if (given === undefined) warmUp(opened);
  compiler = opened;
  reply({ type: 'loaded', id, kit });
}

function compile({ id, files, options }: Extract<CompileRequest, { type: 'compile' }>): void {
  if (compiler === undefined) throw new Error('The compiler is not loaded.');
  const outcome = compiler.compile(files, options);
  if (outcome.type === 'compiled') reply({ ...outcome, id }, [outcome.module.buffer as ArrayBuffer]);
  else reply({ ...outcome, id });
}

function reply(message: CompileReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
