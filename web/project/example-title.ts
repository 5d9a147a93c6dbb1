/** The text of the comment in the first line, or else the file's name in words. */
export function exampleTitle(name: string, source: string): string {
  const [firstLine = ''] = source.split('\n', 1);
  const comment = /^\s*\/\/+\s*(.+?)\.?\s*$/.exec(firstLine)?.[1];
  return capitalised(comment ?? name.replace(/^\d+[-_]/, '').replace(/[-_]+/g, ' '));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
