import type { FileLimits } from '../protocol/files.js';

const encoder = new TextEncoder();

/** Whether a program's path is valid inside its own area. */
export function isPath(path: unknown, limits: FileLimits): path is string {
  if (typeof path !== 'string' || encoder.encode(path).length > limits.pathBytes) return false;
  return path.split('/').every((name) => isName(name, limits));
}

function isName(name: string, limits: FileLimits): boolean {
  if (name === '' || name === '.' || name === '..' || name.includes('\0')) return false;
  return encoder.encode(name).length <= limits.nameBytes;
}

/** Whether `path` is inside the directory, at any depth. */
export function isInside(path: string, directory: string): boolean {
  return path.startsWith(`${directory}/`);
}
