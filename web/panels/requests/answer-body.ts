import { type JsonNode, parseJson } from './json-tree.js';

/** What the body of an answer is, for people. */
export type AnswerBody =
  | { kind: 'empty' }
  | { kind: 'json'; text: string; root: JsonNode }
  | { kind: 'html'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'binary' };

/** `whole`: a part of a body is shown as text only. */
export function bodyOf(bytes: Uint8Array, contentType: string, whole: boolean): AnswerBody {
  if (bytes.length === 0) return { kind: 'empty' };
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const text = textOf(bytes, contentType, /^text\/|json$|xml$|javascript$|x-www-form-urlencoded$/.test(type), whole);
  if (text === undefined) return { kind: 'binary' };
  if (whole && (type === 'text/html' || type === 'application/xhtml+xml')) return { kind: 'html', text };
  const root = whole && (type === '' || type.endsWith('json')) ? parseJson(text) : undefined;
  return root === undefined ? { kind: 'text', text } : { kind: 'json', text, root };
}

/** Undefined if it is no text. `said`: its type says that it is. */
function textOf(bytes: Uint8Array, contentType: string, said: boolean, whole: boolean): string | undefined {
  const decoder = decoderOf(contentType, !said);
  try {
    // The last character of a part may be incomplete.
    const text = decoder.decode(bytes, { stream: !whole });
    return !said && text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function decoderOf(contentType: string, fatal: boolean): TextDecoder {
  const [, charset = 'utf-8'] = /;\s*charset="?([^";\s]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset, { fatal });
  } catch {
    return new TextDecoder('utf-8', { fatal });
  }
}
