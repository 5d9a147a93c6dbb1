/** What leads to something that can be open: an entry of the browser's history, or the memory of the last visit. */
export interface Place {
  snippet?: string;
  example?: string;
  /** The code of a share link. */
  code?: string;
}

/** Ignores all that it does not know. */
export function readPlace(value: unknown): Place {
  if (typeof value !== 'object' || value === null) return {};
  const { snippet, example } = value as Record<string, unknown>;
  return { ...(typeof snippet === 'string' && { snippet }), ...(typeof example === 'string' && { example }) };
}

/** An example and the user's edited copy of it are one place. */
export function samePlace(one: Place, other: Place): boolean {
  if (one.example !== undefined || other.example !== undefined) return one.example === other.example;
  if (one.code !== undefined && one.code === other.code) return true;
  return one.snippet !== undefined && one.snippet === other.snippet;
}
