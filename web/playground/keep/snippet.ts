import type { Project } from '../../project/project.js';

/** A project that people keep here. */
export interface Snippet {
  id: string;
  project: Project;
  /** The name of the example that it is an edited copy of. */
  example?: string;
  /** It is as its example again; it stays for its history alone. */
  unchanged?: boolean;
  createdAt: number;
  changedAt: number;
  /** When it was put into the bin. */
  deletedAt?: number;
  /** Counts the saves. Who saves upon another count than the one they read has met another tab. */
  revision: number;
}

/** Why a version was put by. */
export type Reason = 'edited' | 'run' | 'restored' | 'other-tab';

/** What a snippet was at some time; `at` is unique among its versions. */
export interface Version {
  snippet: string;
  at: number;
  reason: Reason;
  project: Project;
}

/** Something stored that cannot be read as a snippet. */
export interface Damaged {
  id: string;
  raw: unknown;
  reason: string;
}

export function idOfDraft(example: string): string {
  return `example:${example}`;
}

export function newId(): string {
  return crypto.randomUUID();
}
