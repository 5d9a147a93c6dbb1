import type { CompileReply, CompileRequest, CompilerKit, LoadPhase } from '../protocol/compile.js';
import type { Compiler } from './compiler.js';
import { completeKit, fetchKit, openCompiler, warmUp } from './load.js';

declare const self: DedicatedWorkerGlobalScope;

let loaded: { base: string; kit: CompilerKit; compiler: Compiler } | undefined;

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
  const kit = given ?? (await fetchKit(base, progressOf(id)));
  reply({ type: 'progress', id, phase: 'prepare', loadedBytes: 0, totalBytes: 0 });
  const compiler = await openCompiler(base, kit);
  if (given === undefined) warmUp(compiler);
  loaded = { base, kit, compiler };
  reply({ type: 'loaded', id, kit });
}

async function compile({ id, files, options }: Extract<CompileRequest, { type: 'compile' }>): Promise<void> {
  if (loaded === undefined) throw new Error('The compiler is not loaded.');
  let outcome = loaded.compiler.compile(files, options);
  if (outcome.type === 'incomplete') {
    const { base } = loaded;
    const kit = await completeKit(base, loaded.kit, progressOf(id));
    loaded = { base, kit, compiler: await openCompiler(base, kit) };
    outcome = loaded.compiler.compile(files, options);
  }
  switch (outcome.type) {
    case 'compiled':
      reply({ ...outcome, id }, [outcome.module.buffer as ArrayBuffer]);
      return;
    case 'compile-error':
    case 'failed':
      reply({ ...outcome, id });
      return;
    case 'incomplete':
      throw new Error('The compiler is incomplete.');
  }
}

function progressOf(id: number): (phase: LoadPhase, loadedBytes: number, totalBytes: number) => void {
  return (phase, loadedBytes, totalBytes) => {
    reply({ type: 'progress', id, phase, loadedBytes, totalBytes });
  };
}

function reply(message: CompileReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
