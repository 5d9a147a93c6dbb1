import type { CompilerFile, CompilerKit, CompilerSettings, LoadPhase } from '../../protocol/compile.js';
import { messageOf } from '../../protocol/error-message.js';
import { Analyser } from './analyser.js';
import { put, unpackArchive } from './archive.js';
import { unpackBitstream } from './bitstream-unpack.js';
import { Compiler } from './compiler.js';
import { Download, request } from './download.js';
import { HeldClang } from './held-clang.js';
import { Llvm } from './llvm.js';
import type { LlvmBundle } from './llvm-bundle.js';
import { canSuspend } from './suspension.js';

const SMALLEST_GIB = 4;

type OnProgress = (phase: LoadPhase, loadedBytes: number, totalBytes: number) => void;

/** Uses a bit of everything that a first program needs, so that the first Run does not pay for it. */
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
  const wanted = settings.files.filter(({ kind }) => kind !== 'rest');
  const kit: CompilerKit = { settings, modules: new Map(), files: new Map(), libraries: new Map(), whole: wanted.length === settings.files.length };
  await fetchFiles(base, wanted, kit, onProgress);
  return kit;
}

/** Downloads what the kit still lacks. */
export async function completeKit(base: string, kit: CompilerKit, onProgress: OnProgress): Promise<CompilerKit> {
  const whole: CompilerKit = { ...kit, modules: new Map(kit.modules), whole: true };
  const rest = kit.settings.files.filter(({ kind }) => kind === 'rest');
  await fetchFiles(base, rest, whole, onProgress);
  return whole;
}

/** Inserted by the build: the folder beside that of the compiler. */
declare const __LIBRARIES_FOLDER__: string;

/** Downloads an archive that a program needs. */
export async function fetchLibrary(base: string, kit: CompilerKit, file: string, onProgress: OnProgress): Promise<CompilerKit> {
  const download = new Download((loaded, total) => {
    onProgress('download', loaded, total);
  });
  const url = new URL(`../${__LIBRARIES_FOLDER__}/${file}`, base).href;
  const [response] = await download.start([{ url, bytes: 0 }]).catch((error: unknown) => {
    throw new Error(`${messageOf(error)} Where \`npm start\` serves this page, the library is still being built: try again in a minute.`, { cause: error });
  });
  if (response === undefined) throw new Error(`there is no ${file}`);
  const content = new Uint8Array(await response.arrayBuffer());
  return { ...kit, libraries: new Map([...kit.libraries, [file, content]]) };
}

async function fetchFiles(base: string, wanted: CompilerFile[], kit: CompilerKit, onProgress: OnProgress): Promise<void> {
  const download = new Download((loaded, total) => {
    onProgress('download', loaded, total);
  });
  const responses = await download.start(wanted.map(({ name, bytes }) => ({ url: new URL(name, base).href, bytes })));
  await Promise.all(
    responses.map(async (response, index) => {
      const file = wanted[index];
      if (file !== undefined) await keep(kit, file, response);
    }),
  );
}

async function keep(kit: CompilerKit, { name, kind }: CompilerFile, response: Response): Promise<void> {
  switch (kind) {
    case 'module':
    case 'rest':
      kit.modules.set(moduleName(name), await WebAssembly.compileStreaming(asWasm(response)));
      return;
    case 'headers':
      kit.files.set(kind, await response.blob());
      return;
    case 'precompiled':
      kit.files.set(kind, new Blob([unpackBitstream(new Uint8Array(await response.arrayBuffer()))]));
      return;
  }
}

/** `llvm.core.whole.wasm` replaces `llvm.core.wasm`. */
export function moduleName(file: string): string {
  return file.replace('.whole.wasm', '.wasm');
}

export interface CompilerTools {
  compiler: Compiler;
  /** Undefined where WebAssembly cannot be suspended. */
  held: HeldClang | undefined;
  analyser: Analyser;
}

/** The compiler's tools, ready to run. */
export async function openTools(base: string, { settings, modules, files, libraries, whole }: CompilerKit): Promise<CompilerTools> {
  const bundle = (await import(/* @vite-ignore */ new URL('llvm.mjs', base).href)) as LlvmBundle;
  const resources = unpackArchive(await contentOf(files, 'headers'));
  put(resources, settings.precompiledPath, new Uint8Array(await contentOf(files, 'precompiled')));
  const llvm = new Llvm(bundle, modules, resources);
  const held = canSuspend && hasMemory() ? new HeldClang(llvm, settings) : undefined;
  return { compiler: new Compiler(llvm, settings, { whole, libraries }), held, analyser: new Analyser(llvm, settings, whole) };
}

/** A clang that waits keeps about 75 MB. */
function hasMemory(): boolean {
  const { navigator } = globalThis as { navigator?: { deviceMemory?: number } };
  return (navigator?.deviceMemory ?? SMALLEST_GIB) >= SMALLEST_GIB;
}

export function warmUp(compiler: Compiler): void {
  const outcome = compiler.compile({ 'main.cpp': WARM_UP }, { optimisation: '0' });
  switch (outcome.type) {
    case 'compiled':
    case 'incomplete':
    case 'needs-library':
      return;
    case 'compile-error':
      throw new Error(`The compiler's files do not match each other.\n${outcome.text}`);
    case 'failed':
      throw new Error(outcome.message);
  }
}

function contentOf(files: CompilerKit['files'], kind: CompilerFile['kind']): Promise<ArrayBuffer> {
  const blob = files.get(kind);
  if (blob === undefined) throw new Error(`the compiler's ${kind} file is missing`);
  return blob.arrayBuffer();
}

/** A server may not know the MIME type of .wasm, without which the browser does not use streaming compilation. */
function asWasm(response: Response): Response {
  return new Response(response.body, { headers: { 'content-type': 'application/wasm' } });
}
