import type { Project } from '../../project/project.js';
import { editingSpacing } from './history.js';
import { isDamaged, readSnippet } from './read-stored.js';
import { sameProject } from './same-project.js';
import type { Snippet, Version } from './snippet.js';
import type { Found } from './snippet-database.js';

/** An edited state of a snippet. */
export interface Edit {
  project: Project;
  /** The revision that was read before; 0 for a new snippet. */
  base: number;
  example?: string;
  unchanged?: boolean;
}

export interface Saving {
  snippet: Snippet;
  add: Version[];
  /** Another tab had saved something else meanwhile, which is now a version. */
  displaced: boolean;
}

/** The newest save wins, and nothing is lost: the state that it replaces becomes a version. */
export function saving(id: string, found: Found, edit: Edit, now: number): Saving {
  const before = found.snippet === undefined ? undefined : readSnippet(id, found.snippet);
  if (before !== undefined && isDamaged(before)) throw new Error(`the previously stored version is damaged: ${before.reason}`);
  const displaced = before !== undefined && before.revision !== edit.base && !sameProject(before.project, edit.project);
  const add: Version[] = [];
  if (before !== undefined && (displaced || now - (found.times.at(-1) ?? -Infinity) >= editingSpacing)) {
    add.push({
      snippet: id,
      at: before.changedAt,
      reason: displaced ? 'other-tab' : 'edited',
      project: before.project,
    });
  }
  const { project, example, unchanged } = edit;
  const snippet: Snippet = {
    id,
    project,
    ...(example !== undefined && { example }),
    ...(unchanged === true && { unchanged }),
    createdAt: before?.createdAt ?? now,
    // If the clock is set back, two versions must still have different times.
    changedAt: Math.max(now, (before?.changedAt ?? 0) + 1),
    revision: (before?.revision ?? 0) + 1,
  };
  return { snippet, add, displaced };
}

/** Recovers an edit of an unloaded page: it may have been saved since, or be out of date. */
export function recovering(id: string, found: Found, edit: Edit, at: number): { snippet?: Snippet; add?: Version[] } {
  const before = found.snippet === undefined ? undefined : readSnippet(id, found.snippet);
  if (before === undefined || isDamaged(before)) return saving(id, { ...found, snippet: undefined }, edit, at);
  if (sameProject(before.project, edit.project)) return {};
  if (before.revision === edit.base || before.changedAt < at) return saving(id, found, edit, at);
  let unique = at;
  while (found.times.includes(unique)) unique += 1;
  return { add: [{ snippet: id, at: unique, reason: 'other-tab', project: edit.project }] };
}
