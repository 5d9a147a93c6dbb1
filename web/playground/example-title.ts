/** The title of an example: the words of its first line's comment, or its file's name. */
export function exampleTitle(name: string, source: string): string {
  const comment = /^\s*\/\/+\s*(.+?)\s*$/m.exec(source.slice(0, source.indexOf('\n') + 1 || undefined));
  const title = comment?.[1]?.replace(/\.$/, '') ?? '';
  return title !== '' ? title : sentence(name);
}

function sentence(name: string): string {
  const words = name.replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
