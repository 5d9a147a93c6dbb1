/** clang-format as WebAssembly, downloaded on first use. */
import formatterUrl from '@wasm-fmt/clang-format/clang-format.wasm?url';

/** The style of the examples. */
const STYLE = JSON.stringify({ BasedOnStyle: 'LLVM', IndentWidth: 4, ColumnLimit: 100, AccessModifierOffset: -4 });

let loading: Promise<(text: string) => string> | undefined;

export async function formatSource(text: string): Promise<string> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return (await loading)(text);
}

async function load(): Promise<(text: string) => string> {
  const { default: init, format } = await import('@wasm-fmt/clang-format/web');
  await init(formatterUrl);
  return (text) => format(text, 'main.cpp', STYLE);
}
