const key = 'example';

/** The example that an address names by its fragment; undefined where it names none. */
export function exampleIn(hash: string): string | undefined {
  if (!hash.startsWith(`#${key}=`)) return undefined;
  const name = hash.slice(key.length + 2);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export function linkTo(name: string): string {
  return `#${key}=${encodeURIComponent(name)}`;
}
