/** The difference of two texts: the part of the first from `start` to `end`, and its replacement in the second. */
export interface ChangedPart {
  start: number;
  end: number;
  text: string;
}

/** Undefined when they are equal. */
export function changedPart(before: string, after: string): ChangedPart | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}
