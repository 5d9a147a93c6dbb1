import type {
  AnalysisReply,
  AnalysisRequest,
  CompileOptions,
  CompileReply,
  CompileRequest,
  CompilerKit,
  LoadPhase,
  LoadRequest,
  SourceFiles,
} from '../../protocol/compile.js';
import { messageOf } from '../../protocol/error-message.js';
import { type Analyser, IncompleteCompiler } from './analyser.js';
import type { CompiledMain } from './compiler.js';
import { type CompilerTools, completeKit, fetchKit, fetchLibrary, openTools, warmUp } from './load.js';

declare const self: DedicatedWorkerGlobalScope;

let loaded: ({ base: string; kit: CompilerKit } & CompilerTools) | undefined;

/** Requests are answered one at a time, in order of arrival. */
let last: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<CompileRequest | AnalysisRequest>) => {
  last = last.then(() => answer(data)).catch((error: unknown) => {
    reply({ type: 'failed', id: data.id, message: messageOf(error), retriable: true });
  });
});

async function answer(request: CompileRequest | AnalysisRequest): Promise<void> {
  switch (request.type) {
    case 'load':
      return load(request);
    case 'compile':
      await compile(request);
      // For the next one, while the program runs.
      prepare(request.options);
      return;
    case 'check': {
      const diagnostics = await analyse(request.id, (analyser) => analyser.check(request.files, request.options));
      reply({ type: 'checked', id: request.id, ...(diagnostics && { diagnostics }) });
      return;
    }
    case 'complete': {
      const list = await analyse(request.id, (analyser) => analyser.complete(request.files, request.place, request.options));
      reply({ type: 'completed', id: request.id, ...(list && { list }) });
      return;
    }
    case 'header': {
      const text = tools().analyser.header(request.name);
      reply({ type: 'header-text', id: request.id, ...(text !== undefined && { text }) });
      return;
    }
  }
}

function tools(): NonNullable<typeof loaded> {
  if (loaded === undefined) throw new Error('The compiler is not loaded.');
  return loaded;
}

async function load({ id, base, kit: given }: LoadRequest): Promise<void> {
  const kit = given ?? (await fetchKit(base, progressOf(id)));
  reply({ type: 'progress', id, phase: 'prepare', loadedBytes: 0, totalBytes: 0 });
  const opened = await openTools(base, kit);
  if (given === undefined) warmUp(opened.compiler);
  loaded = { base, kit, ...opened };
  reply({ type: 'loaded', id, kit });
  // Whoever brings a kit asks questions, and does not compile.
  if (given === undefined) prepare({ optimisation: '0' });
}

async function compile({ id, files, options }: Extract<CompileRequest, { type: 'compile' }>): Promise<void> {
  const main = await compileMain(files, options);
  let outcome = tools().compiler.compile(files, options, main);
  while (outcome.type === 'incomplete' || outcome.type === 'needs-library') {
    await (outcome.type === 'incomplete' ? complete(id) : addLibrary(id, outcome.file));
    outcome = tools().compiler.compile(files, options, main);
  }
  switch (outcome.type) {
    case 'compiled':
      reply({ ...outcome, id }, [outcome.module.buffer as ArrayBuffer]);
      return;
    case 'compile-error':
    case 'failed':
      reply({ ...outcome, id });
      return;
  }
}

function prepare(options: CompileOptions): void {
  try {
    tools().held?.prepare(options);
  } catch (error) {
    // Programs are compiled all the same, only later.
    console.error('Clang could not be started ahead:', error);
  }
}

/** By a clang that waits for it, if there is one. */
async function compileMain(files: SourceFiles, options: CompileOptions): Promise<CompiledMain | undefined> {
  const start = performance.now();
  const result = await tools().held?.compile(files, options);
  return result && { result, ms: performance.now() - start };
}

async function analyse<T>(id: number, ask: (analyser: Analyser) => T): Promise<T> {
  try {
    return ask(tools().analyser);
  } catch (error) {
    if (!(error instanceof IncompleteCompiler)) throw error;
    await complete(id);
    return ask(tools().analyser);
  }
}

/** Loads the rest of the compiler. */
async function complete(id: number): Promise<void> {
  const { base, kit } = tools();
  await use(id, base, await completeKit(base, kit, progressOf(id)));
}

async function addLibrary(id: number, file: string): Promise<void> {
  const { base, kit } = tools();
  await use(id, base, await fetchLibrary(base, kit, file, progressOf(id)));
}

async function use(id: number, base: string, kit: CompilerKit): Promise<void> {
  loaded = { base, kit, ...(await openTools(base, kit)) };
  reply({ type: 'loaded', id, kit });
}

function progressOf(id: number): (phase: LoadPhase, loadedBytes: number, totalBytes: number) => void {
  return (phase, loadedBytes, totalBytes) => {
    reply({ type: 'progress', id, phase, loadedBytes, totalBytes });
  };
}

function reply(message: CompileReply | AnalysisReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
