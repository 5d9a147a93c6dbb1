import { RESOURCES_FOLDER } from './llvm.js';
import type { FileTree } from './llvm-bundle.js';

/** The translation unit; the other files can be included. */
export const SOURCE = 'main.cpp';

/** Why these files cannot be given to the compiler, if they cannot. */
export function refuse(files: Record<string, string>): string | undefined {
  if (files[SOURCE] === undefined) return `there is no ${SOURCE}`;
  for (const path of Object.keys(files)) {
    const [first, ...rest] = path.split('/');
    if ([first, ...rest].some((part) => part === '' || part === '.' || part === '..')) {
      return `a file cannot be called ${path}`;
    }
    if (first === RESOURCES_FOLDER) return `a file cannot be called ${path}: ${RESOURCES_FOLDER}/ is the compiler's`;
    if (rest.some((_, index) => path.split('/').slice(0, index + 1).join('/') in files)) {
      return `${path} lies in what is itself a file`;
    }
  }
  return undefined;
}

/** The files as the folders that the compiler sees. */
export function treeOf(files: Record<string, string>): FileTree {
  const root: FileTree = {};
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop() ?? path;
    let folder = root;
    for (const part of folders) folder = (folder[part] ??= {}) as FileTree;
    folder[name] = text;
  }
  return root;
}
