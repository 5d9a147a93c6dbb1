import mainModuleScriptUrl from '../../build/wasm/web/program/asyncio-main.js?url';
import mainModuleUrl from '../../build/wasm/web/program/asyncio-main.wasm?url';

export interface RuntimeCode {
  mainModuleScript: string;
  mainModule: ArrayBuffer;
}

let early: Promise<RuntimeCode> | 'taken' | undefined;

/** Begins the download while the code that needs it is itself on its way. */
export function beginDownload(): void {
  if (early !== undefined) return;
  early = download();
  // Who takes it hears of it.
  early.catch(() => undefined);
}

/** Each has its own, for its memory is handed on. Rejects with an error for people. */
export function takeRuntime(): Promise<RuntimeCode> {
  const code = early === undefined || early === 'taken' ? download() : early;
  early = 'taken';
  return code;
}

async function download(): Promise<RuntimeCode> {
  const [script, module] = await Promise.all([get(mainModuleScriptUrl), get(mainModuleUrl)]);
  return { mainModuleScript: await script.text(), mainModule: await module.arrayBuffer() };
}

async function get(url: string): Promise<Response> {
  const name = new URL(url, location.href).pathname.split('/').at(-1) ?? url;
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new Error(`the C++ runtime could not be downloaded (${name}). Is the network there?`, { cause });
  }
  if (!response.ok) throw new Error(`the C++ runtime could not be downloaded: the server answered ${response.status} for ${name}.`);
  return response;
}
