/** The element's own files are stored next to its script, wherever that is; so are chunks of the script. */
export function besideScript(path: string): string {
  return new URL(path, import.meta.url).href;
}
