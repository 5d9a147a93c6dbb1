import type { FileNode } from '../emscripten.js';

/** Only workers have it, and TypeScript's worker types apply only to a worker's entry file. */
declare const FileReaderSync: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };

/** Reads a file's contents from the blob on first use. */
export function readWhenUsed(node: FileNode, blob: Blob, fail: (error: unknown) => never): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(node, 'contents', { value, writable: true, enumerable: true, configurable: true });
  };
  Object.defineProperty(node, 'contents', {
    configurable: true,
    enumerable: true,
    get() {
      try {
        const bytes = new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob));
        settle(bytes);
        return bytes;
      } catch (error) {
        return fail(error);
      }
    },
    set: settle,
  });
  node.usedBytes = blob.size;
}
