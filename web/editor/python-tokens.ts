import { monaco } from './monaco-setup.js';
import 'monaco-editor/languages/definitions/python/register.js';

const language = 'python';

/** Splits the text into tokens of one kind each, for a read-only view. */
export async function pythonTokens(text: string): Promise<{ text: string; kind: string | undefined }[]> {
  // This waits until the language is loaded; tokenize() does not.
  await monaco.editor.colorize('', language, {});
  const lines = text.split('\n');
  return monaco.editor.tokenize(text, language).flatMap((tokens, row) => {
    const line = lines[row] ?? '';
    const pieces = tokens.map(({ offset, type }, index) => ({
      text: line.slice(offset, tokens[index + 1]?.offset),
      kind: kindOf(type),
    }));
    return row + 1 < lines.length ? [...pieces, { text: '\n', kind: undefined }] : pieces;
  });
}

function kindOf(type: string): string | undefined {
  return /^(comment|keyword|number|string|tag)\b/.exec(type)?.[1];
}
