import type { FileChange, FileChanges } from './files.js';
import { type Fields, isFields, isListOf, isNumber, isOfClass, isText } from './shape.js';

const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isChange: Record<FileChange['type'], (change: Fields) => boolean> = {
  write: ({ path, modified, size, at, bytes }) => isText(path) && isNumber(modified) && isSize(size) && isSize(at) && isOfClass(bytes, 'Uint8Array'),
  directory: ({ path }) => isText(path),
  remove: ({ path }) => isText(path),
  rename: ({ from, to }) => isText(from) && isText(to),
};

/** Whether this is a valid message of a program's worker: its scripts are untrusted. */
export function isFileChanges(data: unknown): data is FileChanges {
  return isFields(data) && isNumber(data['number']) && isListOf(data['changes'], isFileChange);
}

function isFileChange(change: unknown): boolean {
  if (!isFields(change) || !isText(change['type']) || !Object.hasOwn(isChange, change['type'])) return false;
  return isChange[change['type'] as FileChange['type']](change);
}
