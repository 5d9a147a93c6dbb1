/**
 * The files of a program, between the page, which keeps them, and the program worker, which works on
 * them in its own memory. Paths are names with `/` between them, seen from the top of the file area.
 */

export interface StoredFile {
  type: 'file';
  path: string;
  /** Milliseconds since 1970. */
  modified: number;
  /** Bytes of a small file; a large one is read when the program does. */
  content: Uint8Array | Blob;
}

export interface StoredDirectory {
  type: 'directory';
  path: string;
}

export type StoredEntry = StoredFile | StoredDirectory;

/** All that is kept, as a run finds it. */
export interface FileArea {
  entries: StoredEntry[];
  limits: FileLimits;
}

export interface FileLimits {
  /** All files together. */
  bytes: number;
  /** Files and directories. */
  entries: number;
  /** Bytes of UTF-8, as file systems have it. */
  nameBytes: number;
  pathBytes: number;
}

export type FileChange =
  /**
   * The file, made if it is not there, now has `size` bytes: `bytes` from `at` on, else what it had.
   * New ones between are zero.
   */
  | { type: 'write'; path: string; modified: number; size: number; at: number; bytes: Uint8Array }
  | { type: 'directory'; path: string }
  /** A file, or a directory with all in it. */
  | { type: 'remove'; path: string }
  /** What was at `to` is replaced. */
  | { type: 'rename'; from: string; to: string };

/** From the worker. The changes of one message are stored together or not at all. */
export interface FileChanges {
  number: number;
  changes: FileChange[];
}

/** To the worker, about all messages up to that number. What failed is tried again with the next message. */
export type FileReply =
  | { type: 'stored'; number: number }
  | { type: 'failed'; number: number; reason: 'full' | 'broken'; message: string };
