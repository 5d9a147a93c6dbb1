import type { Project } from '../../project/project.js';

/** A stored project. */
export interface Snippet {
  id: string;
  project: Project;
  /** The name of the example that it is an edited copy of. */
  example?: string;
  /** Identical to its example again; kept only for its history. */
  unchanged?: boolean;
  createdAt: number;
  changedAt: number;
  /** When it was put into the bin. */
  deletedAt?: number;
  /** Incremented at each save. A save based on another revision conflicts with another tab. */
  revision: number;
}

/** Why a version was stored. */
export type Reason = 'edited' | 'run' | 'restored' | 'other-tab';

/** The state of a snippet at some time; `at` is unique among its versions. */
export interface Version {
  snippet: string;
  at: number;
  reason: Reason;
  project: Project;
}

/** Stored data that cannot be read as a snippet. */
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
