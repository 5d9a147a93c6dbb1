/**
 * A program's files, between the page, which stores them, and the program worker, which works on a copy in memory. Paths
 * are names separated by `/`, relative to the root of the file area.
 */

export interface StoredFile {
  type: 'file';
  path: string;
  /** Milliseconds since 1970. */
  modified: number;
  /** Bytes of a small file; a large one is read on demand. */
  content: Uint8Array | Blob;
}

export interface StoredDirectory {
  type: 'directory';
  path: string;
}

export type StoredEntry = StoredFile | StoredDirectory;

/** All stored files, as a run starts with them. */
export interface FileArea {
  entries: StoredEntry[];
  limits: FileLimits;
}

export interface FileLimits {
  /** All files together. */
  bytes: number;
  /** Files and directories. */
  entries: number;
  /** Bytes of UTF-8, as in file systems. */
  nameBytes: number;
  pathBytes: number;
}

export type FileChange =
  /**
   * The file, created if it does not exist, now has `size` bytes: `bytes` from `at` on, otherwise its old ones. New ones
   * between are zero.
   */
  | { type: 'write'; path: string; modified: number; size: number; at: number; bytes: Uint8Array }
  | { type: 'directory'; path: string }
  /** A file, or a directory with its contents. */
  | { type: 'remove'; path: string }
  /** What was at `to` is replaced. */
  | { type: 'rename'; from: string; to: string };

/** From the worker. The changes of one message are stored together or not at all. */
export interface FileChanges {
  number: number;
  changes: FileChange[];
}

/** To the worker, about all messages up to that number. Failed ones are retried with the next message. */
export type FileReply =
  | { type: 'stored'; number: number }
  | { type: 'failed'; number: number; reason: 'full' | 'broken'; message: string };
