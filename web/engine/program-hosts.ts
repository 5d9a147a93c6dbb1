import { createProgramHostFrom, type ProgramHost, type ProgramHostParts, type RunFiles } from '../program/page/program-client.js';
import { sandboxDocument } from '../program/page/sandbox-document.js';
import frameScript from '../program/frame/sandbox-frame.ts?iife';
import workerScript from '../program/worker/program-worker.ts?iife';
import { openFrame, type FrameOpener, type FrameWay } from './frame-ways.js';
import { takeRuntime } from './runtime-code.js';

export interface HostOptions {
  threads: boolean;
  /** The URL of the sandbox frame's document, where it is a file. */
  frame?: string | undefined;
  openFiles: (keep: boolean) => Promise<RunFiles>;
}

/** Returns a program host in a frame that is replaced when it was removed from the page. */
export function createHost(options: HostOptions): () => ProgramHost {
  let opened: FrameOpener | undefined;
  const host = createProgramHostFrom(
    hostParts(options, (opener) => {
      opened = opener;
    }),
  );
  return () => {
    if (opened?.inPage() === false) {
      opened = undefined;
      host.close();
    }
    return host;
  };
}

export function hostParts({ threads, frame, openFiles }: HostOptions, onOpen: (opener: FrameOpener) => void = () => undefined): ProgramHostParts {
  return {
    loadCode: async () => ({ workerScript, ...(await takeRuntime(threads)) }),
    // Not before a program needs it.
    loadDatabase: async () => (await import('./database.js')).fetchDatabase(),
    openFiles,
    openFrame: (onReply) => {
      const opener = openFrame(frameWays(frame), onReply);
      onOpen(opener);
      return opener.frame;
    },
  };
}

/**
 * A file has its own content security policy, whatever the page's; a page that is cross-origin isolated passes its
 * headers on to the documents it writes itself.
 */
function frameWays(file: string | undefined): FrameWay[] {
  const asText: FrameWay = (frame) => {
    frame.srcdoc = sandboxDocument(frameScript);
  };
  if (file === undefined) return [asText];
  const asFile: FrameWay = (frame) => {
    frame.src = file;
  };
  return crossOriginIsolated ? [asText, asFile] : [asFile, asText];
}
