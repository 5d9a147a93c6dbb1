import type { CompilerKit, CompilerSettings, LoadPhase } from '../protocol/compile.js';
import { put, unpackArchive } from './archive.js';
import { Compiler } from './compiler.js';
import { Download, request } from './download.js';
import { Llvm } from './llvm.js';
import type { FileTree, LlvmBundle } from './llvm-bundle.js';

type OnProgress = (phase: LoadPhase, loadedBytes: number, totalBytes: number) => void;

/** Uses a bit of all that a first program needs, so that the first Run is not the one to pay for it. */
const WARM_UP = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<int> answer() {
    co_await asyncio::sleep(0);
    co_return 42;
}
int main() { std::println("{}", asyncio::run(answer())); }
`;

export async function fetchKit(base: string, onProgress: OnProgress): Promise<CompilerKit> {
  const settings = (await (await request(new URL('compiler.json', base).href)).json()) as CompilerSettings;
  const download = new Download((loaded, total) => {
    onProgress('download', loaded, total);
  });
  const modules = new Map<string, WebAssembly.Module>();
  const files = new Map<string, Blob>();
  const responses = await download.start(
    settings.files.map(({ name, bytes }) => ({ url: new URL(name, base).href, bytes })),
  );
  await Promise.all(
    responses.map(async (response, index) => {
      const file = settings.files[index];
      if (file === undefined) return;
      if (file.kind === 'module') modules.set(file.name, await WebAssembly.compileStreaming(asWasm(response)));
      else files.set(file.name, await response.blob());
    }),
  );
  return { settings, modules, files };
}

/** A compiler that is ready to run. */
export async function openCompiler(base: string, { settings, modules, files }: CompilerKit): Promise<Compiler> {
  const bundle = (await import(/* @vite-ignore */ new URL('llvm.mjs', base).href)) as LlvmBundle;
  let resources: FileTree = {};
  const archive = settings.files.find(({ kind }) => kind === 'headers');
  if (archive !== undefined) resources = unpackArchive(await contentOf(files, archive.name));
  for (const { name, kind } of settings.files) {
    if (kind === 'precompiled') put(resources, `asyncio/${name}`, new Uint8Array(await contentOf(files, name)));
  }
  return new Compiler(new Llvm(bundle, modules, resources), settings);
}

export function warmUp(compiler: Compiler): void {
  const outcome = compiler.compile({ 'main.cpp': WARM_UP }, { optimisation: '0' });
  switch (outcome.type) {
    case 'compiled':
      return;
    case 'compile-error':
      throw new Error(`The compiler's files do not fit together.\n${outcome.text}`);
    case 'failed':
      throw new Error(outcome.message);
  }
}

function contentOf(files: Map<string, Blob>, name: string): Promise<ArrayBuffer> {
  const blob = files.get(name);
  if (blob === undefined) throw new Error(`the compiler's file ${name} is missing`);
  return blob.arrayBuffer();
}

/** A server may not know the type of .wasm, without which the browser does not compile it as it comes. */
function asWasm(response: Response): Response {
  return new Response(response.body, { headers: { 'content-type': 'application/wasm' } });
}
