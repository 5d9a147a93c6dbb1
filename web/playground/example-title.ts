export interface ExampleTitle {
  /** What the examples are grouped by; empty when the title names none. */
  chapter: string;
  title: string;
}

/** From the comment in the first line, `// Chapter: what it shows`, or else from the file's name. */
export function exampleTitle(name: string, source: string): ExampleTitle {
  const [firstLine = ''] = source.split('\n', 1);
  const comment = /^\s*\/\/+\s*(.+?)\.?\s*$/.exec(firstLine)?.[1] ?? '';
  if (comment === '') return { chapter: '', title: capitalised(name.replace(/^\d+[-_]/, '').replace(/[-_]+/g, ' ')) };
  const { chapter = '', title = comment } = /^(?<chapter>[^:]{1,40}): (?<title>.+)$/.exec(comment)?.groups ?? {};
  return { chapter, title: capitalised(title) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
