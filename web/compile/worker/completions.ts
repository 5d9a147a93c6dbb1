import type { Completion, CompletionList, Parameter, Signature } from '../../protocol/completion.js';

const COMPLETION = /^COMPLETION: (?<name>.*?)(?: \((?<marks>(?:Hidden|InBase|Inaccessible)[^)]*)\))?(?: : (?<pattern>.*))?$/;
const PATTERN = /^COMPLETION: Pattern : (?<pattern>.*)$/;
const OVERLOAD = /^OVERLOAD: (?<pattern>.*)$/;

/** A name reserved for the implementation of a library. */
const RESERVED = /^(?:_[_A-Z]|.*\b__)|^__/;

/** Parses clang's output for -code-completion-at. */
export function parseCompletions(output: string): CompletionList {
  const completions = new Map<string, Completion>();
  const signatures: Signature[] = [];
  let owner: string | undefined;
  for (const line of output.split('\n')) {
    const overload = OVERLOAD.exec(line)?.groups;
    if (overload !== undefined) {
      signatures.push(signatureOf(overload.pattern ?? ''));
      continue;
    }
    const self = /^COMPLETION: (\w+) : \1::$/.exec(line)?.[1];
    if (self !== undefined) {
      owner = self;
      continue;
    }
    if (line.endsWith('::')) continue; // A class that what follows could be named of.
    const completion = completionOf(line);
    if (completion !== undefined && !RESERVED.test(completion.name)) {
      completions.set(`${completion.name} ${completion.signature}`, completion);
    }
  }
  return { completions: [...completions.values()], signatures, ...(owner !== undefined && { owner }) };
}

function completionOf(line: string): Completion | undefined {
  const pattern = PATTERN.exec(line)?.groups;
  if (pattern !== undefined) {
    const chunks = chunksOf(pattern.pattern ?? '');
    return { name: chunks.find(({ kind }) => kind === 'text')?.text.trim() ?? '', ...described(chunks) };
  }
  const groups = COMPLETION.exec(line)?.groups;
  if (groups === undefined || /Hidden|Inaccessible/.test(groups.marks ?? '')) return undefined;
  const name = groups.name ?? '';
  return { name, ...described(chunksOf(groups.pattern ?? name)) };
}

interface Chunk {
  kind: 'text' | 'placeholder' | 'result' | 'informative';
  text: string;
  optional: boolean;
}

const MARK = /<#|#>|\[#|#\]|\{#|#\}/;

/** `[#int#]f(<#int a#>{#, <#int b#>#})`: return type, text, placeholders, and optional parts. */
function chunksOf(pattern: string): Chunk[] {
  const chunks: Chunk[] = [];
  const push = (kind: Chunk['kind'], text: string): void => {
    if (text !== '') chunks.push({ kind, text, optional: depth > 0 });
  };
  let depth = 0;
  let rest = pattern;
  for (let mark = MARK.exec(rest); mark !== null; mark = MARK.exec(rest)) {
    push('text', rest.slice(0, mark.index));
    rest = rest.slice(mark.index + 2);
    switch (mark[0]) {
      case '{#':
        depth += 1;
        break;
      case '#}':
        depth -= 1;
        break;
      case '<#':
      case '[#': {
        const end = rest.indexOf(mark[0] === '<#' ? '#>' : '#]');
        const text = end < 0 ? rest : rest.slice(0, end);
        // The first square bracket is the type; later ones only inform the reader, such as const.
        const square = chunks.length === 0 ? 'result' : 'informative';
        const isBase = square === 'informative' && text.endsWith('::');
        if (!isBase) push(mark[0] === '<#' ? 'placeholder' : square, text);
        rest = end < 0 ? '' : rest.slice(end + 2);
        break;
      }
    }
  }
  push('text', rest);
  return chunks;
}

function described(chunks: Chunk[]): Omit<Completion, 'name'> {
  const type = chunks.find(({ kind }) => kind === 'result')?.text;
  const parameters = parametersOf(chunks);
  const callable = chunks.some(({ kind, text }) => kind === 'text' && /[(<]/.test(text));
  return {
    ...(type === undefined ? {} : { type }),
    ...(callable ? { parameters } : {}),
    signature: readable(chunks),
    insert: snippetOf(chunks),
  };
}

function parametersOf(chunks: Chunk[]): Parameter[] {
  return chunks
    .filter(({ kind }) => kind === 'placeholder')
    .map(({ text, optional }) => ({ text, optional }));
}

function readable(chunks: Chunk[]): string {
  return chunks.map(({ kind, text }) => (kind === 'result' ? `${text} ` : text)).join('');
}

/** Optional parts are omitted. */
function snippetOf(chunks: Chunk[]): string {
  let number = 0;
  return chunks
    .filter(({ optional, kind }) => !optional && (kind === 'text' || kind === 'placeholder'))
    .map(({ kind, text }) => {
      const escaped = text.replaceAll(/[$}\\]/g, '\\$&');
      return kind === 'placeholder' ? `\${${++number}:${escaped}}` : escaped;
    })
    .join('');
}

/** `[#void#]sleep(<#Delay delay#>, T result)`: the placeholder is the parameter being written. */
function signatureOf(pattern: string): Signature {
  const chunks = chunksOf(pattern);
  const text = readable(chunks);
  const parameters: Parameter[] = [];
  let active = 0;
  let inside = false;
  for (const chunk of chunks) {
    if (chunk.kind === 'result' || chunk.kind === 'informative') continue;
    if (chunk.kind === 'placeholder') {
      active = parameters.length;
      parameters.push({ text: chunk.text, optional: chunk.optional });
      continue;
    }
    let plain = chunk.text;
    if (!inside) {
      const open = plain.indexOf('(');
      if (open < 0) continue;
      inside = true;
      plain = plain.slice(open + 1);
    }
    const close = plain.lastIndexOf(')');
    for (const each of splitParameters(close < 0 ? plain : plain.slice(0, close))) {
      parameters.push({ text: each, optional: chunk.optional });
    }
  }
  return { text, parameters, active };
}

/** Splits at the commas outside all brackets. */
function splitParameters(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if ('([{<'.includes(character)) depth += 1;
    if (')]}>'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
