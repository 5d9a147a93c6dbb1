import { RESOURCES_FOLDER } from './llvm.js';
import { emptyTree, type FileTree } from './llvm-bundle.js';

/** The first translation unit. */
export const SOURCE = 'main.cpp';

const UNIT = /\.(?:cpp|cc|cxx|c\+\+)$/;
const INCLUDED = /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm;

/** What is compiled and linked: main.cpp, then each source file that no other file includes. */
export function unitsOf(files: Record<string, string>): string[] {
  const included = new Set(Object.entries(files).flatMap(([path, text]) => includedBy(path, text)));
  const others = Object.keys(files).filter((path) => path !== SOURCE && UNIT.test(path) && !included.has(path));
  return [SOURCE, ...others.sort()];
}

/** Relative to the file's folder, or to the project's. */
function includedBy(path: string, text: string): string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return Array.from(text.matchAll(INCLUDED), ([, name = '']) => name).flatMap((name) => [name, normal(folder + name)]);
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** As a key it would change the prototype of the object. */
const PROTOTYPE = '__proto__';

/** Why these files cannot be passed to the compiler, if they cannot. */
export function refuse(files: Record<string, string>): string | undefined {
  if (files[SOURCE] === undefined) return `there is no ${SOURCE}`;
  for (const path of Object.keys(files)) {
    const [first, ...rest] = path.split('/');
    if ([first, ...rest].some((part) => part === '' || part === '.' || part === '..')) {
      return `invalid file name ${path}`;
    }
    if ([first, ...rest].includes(PROTOTYPE)) return `invalid file name ${path}: ${PROTOTYPE} is reserved`;
    if (first === RESOURCES_FOLDER) return `invalid file name ${path}: ${RESOURCES_FOLDER}/ is reserved for the compiler`;
    if (rest.some((_, index) => Object.hasOwn(files, path.split('/').slice(0, index + 1).join('/')))) {
      return `invalid file name ${path}: its folder is also a file`;
    }
  }
  return undefined;
}

/** The files as the folder tree that the compiler sees. */
export function treeOf(files: Record<string, string>): FileTree {
  const root = emptyTree();
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop() ?? path;
    let folder = root;
    for (const part of folders) folder = (folder[part] ??= emptyTree()) as FileTree;
    folder[name] = text;
  }
  return root;
}
