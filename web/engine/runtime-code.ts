import mainModuleScriptUrl from '../../build/wasm/web/program/asyncio-main.js?url';
import mainModuleUrl from '../../build/wasm/web/program/asyncio-main.wasm?url';
import type { ProgramCode } from '../protocol/program.js';

export type RuntimeCode = Omit<ProgramCode, 'workerScript'>;

const early = new Map<boolean, Promise<RuntimeCode> | 'taken'>();

/** Starts the download while the code that needs it is still loading. */
export function beginDownload(threads: boolean): void {
  if (early.has(threads)) return;
  const code = download(threads);
  // The caller of takeRuntime() handles the error.
  code.catch(() => undefined);
  early.set(threads, code);
}

/** Each caller gets its own, because its memory is transferred. Rejects with a user-readable error. */
export function takeRuntime(threads: boolean): Promise<RuntimeCode> {
  const begun = early.get(threads);
  early.set(threads, 'taken');
  return begun === undefined || begun === 'taken' ? download(threads) : begun;
}

async function download(threads: boolean): Promise<RuntimeCode> {
  if (!threads) return fetchMainModule(mainModuleScriptUrl, mainModuleUrl);
  const { scriptUrl, moduleUrl, threadScript, notThereYet } = await import('./threaded-code.js');
  return { ...(await fetchMainModule(scriptUrl, moduleUrl, notThereYet)), threadScript };
}

async function fetchMainModule(scriptUrl: string, moduleUrl: string, missing?: string): Promise<RuntimeCode> {
  const [script, module] = await Promise.all([get(scriptUrl, missing), get(moduleUrl, missing)]);
  return { mainModuleScript: await script.text(), mainModule: await module.arrayBuffer() };
}

/** `missing` is the message where the server has no such file. */
async function get(url: string, missing?: string): Promise<Response> {
  const name = new URL(url, location.href).pathname.split('/').at(-1) ?? url;
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new Error(`the C++ runtime could not be downloaded (${name}). Check the network connection.`, { cause });
  }
  if (response.status === 404 && missing !== undefined) throw new Error(missing);
  if (!response.ok) throw new Error(`the C++ runtime could not be downloaded: the server answered ${response.status} for ${name}.`);
  return response;
}
