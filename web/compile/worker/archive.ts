import { emptyTree, type FileTree } from './llvm-bundle.js';
import { untar } from './untar.mjs';

/** The file tree of a tar archive. The files are views of the archive. */
export function unpackArchive(archive: ArrayBuffer): FileTree {
  const root = emptyTree();
  for (const [path, data] of untar(new Uint8Array(archive))) put(root, path, data);
  return root;
}

export function put(root: FileTree, path: string, data: Uint8Array): void {
  const folders = path.split('/');
  const name = folders.pop() ?? path;
  let folder = root;
  for (const part of folders) folder = (folder[part] ??= emptyTree()) as FileTree;
  folder[name] = data;
}
