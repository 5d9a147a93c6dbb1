import type { Project } from '../../project/project.js';
import type { Version } from './snippet.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Of versions this close together, one is kept. */
const spacings = [
  { upTo: hour, spacing: 0 },
  { upTo: day, spacing: 10 * minute },
  { upTo: 30 * day, spacing: 2 * hour },
  { upTo: Infinity, spacing: 7 * day },
];

export const limits = { versions: 120, characters: 20_000_000 };

/** Minimum interval between versions while the user types. */
export const editingSpacing = 2 * minute;

/** Selects the versions to delete: the older they are, the wider the spacing of those kept. */
export function versionsToDrop(versions: readonly Version[], now: number, { versions: most, characters } = limits): number[] {
  const drop: number[] = [];
  let kept = 0;
  let size = 0;
  let newer = Infinity;
  for (const { at, reason, project } of [...versions].sort((a, b) => b.at - a.at)) {
    const spacing = spacings.find(({ upTo }) => now - at <= upTo)?.spacing ?? 0;
    // A version written by another tab exists nowhere else.
    const crowded = newer - at < spacing && (reason !== 'other-tab' || now - at > 30 * day);
    size += crowded ? 0 : sizeOf(project);
    if (crowded || kept >= most || (kept > 0 && size > characters)) {
      drop.push(at);
      continue;
    }
    newer = at;
    kept += 1;
  }
  return drop;
}

function sizeOf({ files, stdin }: Project): number {
  return files.reduce((sum, { text }) => sum + text.length, stdin.length);
}
