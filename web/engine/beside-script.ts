/** The element's own files lie beside its script, wherever that is; a chunk of the script lies there too. */
export function besideScript(path: string): string {
  return new URL(path, import.meta.url).href;
}
