import type { FileDatabase } from '../files/file-database.js';
import { FILE_LIMITS } from '../files/file-limits.js';
import { RunFiles } from '../files/run-files.js';

/** Stores the files that programs write, for later programs. */
export interface KeepsFiles {
  /** The files that a run starts with; never rejects. */
  open(): Promise<RunFiles>;
}

/** Provides a run's files: with `keep` they are stored as `files` says; without, they last as long as the run. */
export function runFilesOf(files: KeepsFiles | 'forget'): (keep: boolean) => Promise<RunFiles> {
  if (files === 'forget') return () => Promise.resolve(new RunFiles([], FILE_LIMITS, forgets));
  return async (keep) => {
    const opened = await files.open();
    return keep ? opened : new RunFiles(opened.area.entries, opened.area.limits, forgets);
  };
}

/** Gives a program the same limits, and the same answers, as with stored files. */
const forgets: FileDatabase = { readAll: () => Promise.resolve([]), write: () => Promise.resolve() };
