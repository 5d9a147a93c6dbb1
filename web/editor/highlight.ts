import { cppKeywords } from './cpp-words.js';

/** The kind of a C++ token, for highlighting. */
export type TokenKind = 'comment' | 'string' | 'number' | 'keyword' | 'directive' | 'type' | 'function' | 'plain';

export interface ColouredToken {
  kind: TokenKind;
  text: string;
}

const keywords = new Set(cppKeywords);

const pattern = new RegExp(
  [
    String.raw`(?<comment>\/\/(?:[^\n\\]|\\[^])*|\/\*[^]*?(?:\*\/|(?![^])))`,
    String.raw`(?<raw>(?:u8|[uUL])?R"(?<fence>[^()\\\s]{0,16})\([^]*?(?:\)\k<fence>"|(?![^])))`,
    String.raw`(?<string>(?:u8|[uUL])?(?:"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?))`,
    String.raw`(?<include>(?<=^[ \t]*#[ \t]*include[ \t]*)<[^>\n]*>)`,
    String.raw`(?<directive>^[ \t]*#[ \t]*\w*)`,
    String.raw`(?<number>\b(?:\d|\.\d)(?:'?[\w.]|(?<=[eEpP])[+-])*)`,
    String.raw`(?<word>[A-Za-z_]\w*)`,
  ].join('|'),
  'gm',
);

/**
 * Splits C++ into tokens that together form the text. An unterminated token, such as a string being typed, ends with its
 * line.
 */
export function highlight(text: string): ColouredToken[] {
  const tokens: ColouredToken[] = [];
  const add = (kind: TokenKind, piece: string): void => {
    const last = tokens.at(-1);
    if (piece === '') return;
    if (last?.kind === kind) last.text += piece;
    else tokens.push({ kind, text: piece });
  };
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    add('plain', text.slice(at, match.index));
    at = match.index + match[0].length;
    add(kindOf(match.groups ?? {}, text, at), match[0]);
  }
  add('plain', text.slice(at));
  return tokens;
}

/** The same, line by line. */
export function highlightLines(text: string): ColouredToken[][] {
  const lines: ColouredToken[][] = [[]];
  for (const { kind, text: piece } of highlight(text)) {
    piece.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ kind, text: part });
    });
  }
  return lines;
}

function kindOf(groups: Record<string, string | undefined>, text: string, end: number): TokenKind {
  const { comment, raw, string, include, directive, number, word } = groups;
  if (comment !== undefined) return 'comment';
  if (raw !== undefined || string !== undefined || include !== undefined) return 'string';
  if (directive !== undefined) return 'directive';
  if (number !== undefined) return 'number';
  return word === undefined ? 'plain' : wordKind(word, text.slice(end, end + 2));
}

function wordKind(word: string, next: string): TokenKind {
  if (keywords.has(word)) return 'keyword';
  if (next.startsWith('(')) return 'function';
  return /^[A-Z]\w*[a-z]/.test(word) ? 'type' : 'plain';
}
