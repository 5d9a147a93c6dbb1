import type { FileDatabase } from '../files/file-database.js';
import { FILE_LIMITS } from '../files/file-limits.js';
import { RunFiles } from '../files/run-files.js';

/** Keeps what programs write for the programs that come after them. */
export interface KeepsFiles {
  /** What a run finds; never rejects. */
  open(): Promise<RunFiles>;
}

/** Gives a run its files: with `keep`, what it writes lasts as long as `files` says; without, as long as the run. */
export function runFilesOf(files: KeepsFiles | 'forget'): (keep: boolean) => Promise<RunFiles> {
  if (files === 'forget') return () => Promise.resolve(new RunFiles([], FILE_LIMITS, forgets));
  return async (keep) => {
    const opened = await files.open();
    return keep ? opened : new RunFiles(opened.area.entries, opened.area.limits, forgets);
  };
}

/** So that a program has the same limits, and the same answers, as where its files are kept. */
const forgets: FileDatabase = { readAll: () => Promise.resolve([]), write: () => Promise.resolve() };
