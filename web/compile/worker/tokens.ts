/** A word or a single punctuator of C++, outside comments, literals and directives. */
export interface Token {
  text: string;
  offset: number;
}

const SKIPPED = [
  /\s+/y,
  /\/\/.*/y,
  /\/\*[^]*?(?:\*\/|$)/y,
  /(?:u8|[uUL])?R"([^()\\\s]*)\([^]*?\)\1"/y,
  /(?:u8|[uUL])?"(?:[^"\\\n]|\\[^])*"?/y,
  /(?:u8|[uUL])?'(?:[^'\\\n]|\\[^])*'?/y,
  /\d(?:'?[\w.])*/y,
];
const WORD = /[A-Za-z_]\w*/y;
const DIRECTIVE = /[ \t]*#(?:[^\n\\]|\\[^])*/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (let at = 0; at < text.length;) {
    const atLineStart = at === 0 || text[at - 1] === '\n';
    const skipped = (atLineStart ? match(DIRECTIVE, at) : undefined) ?? firstMatch(at, match);
    if (skipped !== undefined) {
      at += skipped.length;
      // White space may extend past a line start, where a directive can begin.
      const lineStart = text.lastIndexOf('\n', at - 1) + 1;
      if (/^\s+$/.test(skipped) && lineStart > at - skipped.length && lineStart < at) {
        const directive = match(DIRECTIVE, lineStart);
        if (directive !== undefined) at = lineStart + directive.length;
      }
      continue;
    }
    const token = match(WORD, at) ?? text.charAt(at);
    tokens.push({ text: token, offset: at });
    at += token.length;
  }
  return tokens;
}

function firstMatch(at: number, match: (pattern: RegExp, at: number) => string | undefined): string | undefined {
  for (const pattern of SKIPPED) {
    const found = match(pattern, at);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** The index of the bracket that closes the one at `index`. */
export function matching(tokens: Token[], index: number): number | undefined {
  const open: string[] = [];
  for (let at = index; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    const closing = CLOSING[text];
    if (closing !== undefined) open.push(closing);
    else if (text === open.at(-1)) open.pop();
    if (open.length === 0) return at === index ? undefined : at;
  }
  return undefined;
}

/** The index of the bracket that opens the one closed at `index`; -1 if there is none. */
export function opening(tokens: Token[], index: number): number {
  let depth = 0;
  for (let at = index; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (/^[)\]}]$/.test(text)) depth += 1;
    else if (/^[([{]$/.test(text) && (depth -= 1) === 0) return at;
  }
  return -1;
}
