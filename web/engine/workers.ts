/** Makes what compiles and what runs programs, out of the files beside the script. */
import { CompileClient } from '../compile/page/compile-client.js';
import compileWorkerUrl from '../compile/worker/compile-worker.ts?worker&url';
import { startModuleWorker } from '../compile/page/start-worker.js';
import { listenTo } from '../compile/page/worker-events.js';
import { RunFiles } from '../files/run-files.js';
import { createProgramHostFrom, type ProgramHost } from '../program/page/program-client.js';
import workerScript from '../program/worker/program-worker.ts?iife';
import { sandboxDocument } from '../program/page/sandbox-document.js';
import frameScript from '../program/frame/sandbox-frame.ts?iife';
import { openFrame, type FrameOpener, type FrameWay } from './frame-ways.js';
import { besideScript } from './beside-script.js';
import { takeRuntime } from './runtime-code.js';

/** Made by web/build/vite/embedded-element.ts: the frame's document and the compiler's folder, and what the main module is known by. */
declare const __FRAME_FILE__: string;
declare const __COMPILER_PATH__: string;
declare const __RUNTIME_VERSION__: string;

export const runtimeVersion = __RUNTIME_VERSION__;

/** Gives what runs programs, with real threads or without, in a frame that is replaced when it was taken out of the page. */
export function createProgramHost(threads: boolean): () => ProgramHost {
  let opened: FrameOpener | undefined;
  const host = createProgramHostFrom({
    loadCode: async () => ({ workerScript, ...(await takeRuntime(threads)) }),
    openFiles: () => Promise.resolve(forgottenFiles()),
    openFrame: (onReply) => {
      opened = openFrame(frameWays(), onReply);
      return opened.frame;
    },
  });
  return () => {
    if (opened?.inPage() === false) {
      opened = undefined;
      host.close();
    }
    return host;
  };
}

/**
 * A file has a content policy of its own, whatever that of the page; a page that is cross-origin isolated gives its
 * headers to what it writes itself.
 */
function frameWays(): FrameWay[] {
  const asFile: FrameWay = (frame) => {
    frame.src = besideScript(__FRAME_FILE__);
  };
  const asText: FrameWay = (frame) => {
    frame.srcdoc = sandboxDocument(frameScript);
  };
  return crossOriginIsolated ? [asText, asFile] : [asFile, asText];
}

/**
 * What a program writes into files is its own, as long as it runs: the page's storage is not ours. It has the same limits,
 * and the same answers, as where files are kept.
 */
function forgottenFiles(): RunFiles {
  const limits = { bytes: 64 * 1024 * 1024, entries: 20_000, nameBytes: 255, pathBytes: 1024 };
  return new RunFiles([], limits, { readAll: () => Promise.resolve([]), write: () => Promise.resolve() });
}

export function createCompileClient(): CompileClient {
  return new CompileClient({
    base: besideScript(__COMPILER_PATH__),
    createWorker: (events) => listenTo(startModuleWorker(compileWorkerUrl, 'compiler', { asPage: crossOriginIsolated }), events),
  });
}
