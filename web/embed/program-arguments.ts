/** Splits like a shell: at white space outside of quotes. Undefined if a quote is not closed. */
export function splitArguments(text: string): string[] | undefined {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const [word] = /^(?:"(?:[^"\\]|\\[^])*"|'[^']*'|\\[^]|[^\s"'\\])+/.exec(rest) ?? [];
    if (word === undefined) return undefined;
    const after = rest.slice(word.length);
    if (after !== '' && !/^\s/.test(after)) return undefined;
    words.push(unquoted(word));
    rest = after.trimStart();
  }
  return words;
}

function unquoted(word: string): string {
  return word.replace(/"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])/g, (_all, double?: string, single?: string, escaped?: string) =>
    double === undefined ? (single ?? escaped ?? '') : double.replace(/\\([\\"])/g, '$1'),
  );
}
