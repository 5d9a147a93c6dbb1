import { NoProject, readProject } from '../../project/read-project.js';
import type { Damaged, Reason, Snippet, Version } from './snippet.js';

const reasons: readonly Reason[] = ['edited', 'run', 'restored', 'other-tab'];

/** Stored data is untrusted, like any external input. */
export function readSnippet(id: string, raw: unknown): Snippet | Damaged {
  try {
    if (typeof raw !== 'object' || raw === null) throw new NoProject('it is not an object');
    const { project, example, unchanged, createdAt, changedAt, deletedAt, revision } = raw as Record<string, unknown>;
    const readable = readProject(project);
    if (typeof createdAt !== 'number' || typeof changedAt !== 'number' || typeof revision !== 'number') {
      throw new NoProject('it has no modification time');
    }
    return {
      id,
      project: readable,
      ...(typeof example === 'string' && { example }),
      ...(unchanged === true && { unchanged }),
      createdAt,
      changedAt,
      ...(typeof deletedAt === 'number' && { deletedAt }),
      revision,
    };
  } catch (error) {
    if (!(error instanceof NoProject)) throw error;
    return { id, raw, reason: error.message };
  }
}

export function isDamaged(read: Snippet | Damaged): read is Damaged {
  return 'raw' in read;
}

/** Undefined where it cannot be read. */
export function readVersion(raw: unknown): Version | undefined {
  try {
    const { snippet, at, reason, project } = raw as Record<string, unknown>;
    if (typeof snippet !== 'string' || typeof at !== 'number') return undefined;
    return { snippet, at, reason: reasons.find((known) => known === reason) ?? 'edited', project: readProject(project) };
  } catch (error) {
    if (error instanceof NoProject || error instanceof TypeError) return undefined;
    throw error;
  }
}
