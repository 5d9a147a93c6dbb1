import { emptyTree, type FileTree } from './llvm-bundle.js';

const BLOCK = 512;

/** The file tree of a tar archive written by build/tar.mjs. The files are views of the archive. */
export function unpackArchive(archive: ArrayBuffer): FileTree {
  const root = emptyTree();
  const bytes = new Uint8Array(archive);
  for (let offset = 0; offset + BLOCK <= bytes.length && bytes[offset] !== 0; ) {
    const header = bytes.subarray(offset, offset + BLOCK);
    const size = parseInt(text(header, 124, 12), 8);
    const start = offset + BLOCK;
    if (text(header, 156, 1) === '0') put(root, text(header, 0, 100), bytes.subarray(start, start + size));
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return root;
}

export function put(root: FileTree, path: string, data: Uint8Array): void {
  const folders = path.split('/');
  const name = folders.pop() ?? path;
  let folder = root;
  for (const part of folders) folder = (folder[part] ??= emptyTree()) as FileTree;
  folder[name] = data;
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return String.fromCharCode(...field.subarray(0, end === -1 ? length : end));
}
