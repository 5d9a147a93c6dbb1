import type { FileChange, FileChanges } from './files.js';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean => typeof value === 'string';
const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isBytes = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Uint8Array]';

const isChange: Record<FileChange['type'], (change: Fields) => boolean> = {
  write: ({ path, modified, size, at, bytes }) => isText(path) && Number.isFinite(modified) && isSize(size) && isSize(at) && isBytes(bytes),
  directory: ({ path }) => isText(path),
  remove: ({ path }) => isText(path),
  rename: ({ from, to }) => isText(from) && isText(to),
};

/** Whether a message of a program's worker is one that it sends: its scripts are a stranger's. */
export function isFileChanges(data: unknown): data is FileChanges {
  if (!isFields(data) || !Number.isFinite(data['number']) || !Array.isArray(data['changes'])) return false;
  return data['changes'].every((change: unknown) => {
    if (!isFields(change)) return false;
    const type = String(change['type']);
    return Object.hasOwn(isChange, type) && isChange[type as FileChange['type']](change);
  });
}
