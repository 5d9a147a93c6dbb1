/** The program host of the built page: where its parts come from. */
import type { ProgramCode } from '../../protocol/program.js';
import mainModuleScriptUrl from '../../../build/wasm/web/program/asyncio-main.js?url';
import mainModuleUrl from '../../../build/wasm/web/program/asyncio-main.wasm?url';
import { createProgramHostFrom } from './program-client.js';
import type { ProgramHost, ProgramHostParts, RunFiles } from './program-client.js';
import workerScript from '../worker/program-worker.ts?iife';
import { openSandboxFrame } from './sandbox.js';
import frameScript from '../frame/sandbox-frame.ts?iife';
import threadScript from '../worker/thread-worker.ts?iife';
import { notThereYet, threadedModuleUrl, threadedScriptUrl } from './threaded-runtime.js';
import { threadsAvailable } from './threads-available.js';

export const programHostParts: Omit<ProgramHostParts, 'openFiles'> = {
  loadCode,
  openFrame: (onReply) => openSandboxFrame(frameScript, onReply),
};

/** Runs compiled programs, each in a worker of its own inside a sandbox frame, all with the same files. */
export function createProgramHost(openFiles: () => Promise<RunFiles>): ProgramHost {
  return createProgramHostFrom({ ...programHostParts, openFiles });
}

async function loadCode(): Promise<ProgramCode> {
  if (!threadsAvailable()) return { workerScript, ...(await loadMainModule(mainModuleScriptUrl, mainModuleUrl)) };
  return { workerScript, threadScript, ...(await loadMainModule(threadedScriptUrl, threadedModuleUrl, notThereYet)) };
}

async function loadMainModule(
  scriptUrl: string,
  moduleUrl: string,
  missing?: string,
): Promise<Pick<ProgramCode, 'mainModuleScript' | 'mainModule'>> {
  const [script, module] = await Promise.all([get(scriptUrl, missing), get(moduleUrl, missing)]);
  return { mainModuleScript: await script.text(), mainModule: await module.arrayBuffer() };
}

/** `missing` is what to say where the server has no such file. */
async function get(url: string, missing?: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new Error(`The C++ runtime could not be downloaded (${url}). Is the network there?`, { cause: error });
  }
  if (response.status === 404 && missing !== undefined) throw new Error(missing);
  if (!response.ok) {
    throw new Error(`The C++ runtime could not be downloaded: ${url} answered ${response.status} ${response.statusText}.`);
  }
  return response;
}
