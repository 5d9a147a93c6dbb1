import type { Completion, CompletionList } from '../protocol/completion.js';
import type { Declaration } from '../protocol/declaration.js';

/** A name in a text, and what precedes it. */
export interface NamePlace {
  name: string;
  /** `asyncio::http::`, or empty. */
  qualifier: string;
  /** After a `.` or `->`. */
  isMember: boolean;
}

export interface Described {
  signature: string;
  declaration?: Declaration;
}

/** `line` ends where the name starts. */
export function placeOf(name: string, line: string): NamePlace {
  return {
    name,
    qualifier: /(?:\w+::)+$/.exec(line)?.[0] ?? '',
    isMember: /(?:\.|->)\s*$/.test(line),
  };
}

/**
 * Describes a name: the compiler's candidates, each with the doc comment from its header; if the compiler has none, the
 * headers' declarations of the name as written.
 */
export function describe(place: NamePlace, list: CompletionList | undefined, declarations: readonly Declaration[]): Described[] {
  const known = (list?.completions ?? []).filter(({ name }) => name === place.name);
  const candidates = declarations.filter(({ name }) => isMeant(name, place, list?.owner));
  if (known.length === 0) return candidates.map((declaration) => ({ signature: declaration.signature, declaration }));
  return known.map((completion) => {
    const declaration = candidates.find((candidate) => isOf(candidate, completion)) ?? alone(candidates);
    return { signature: completion.signature, ...(declaration && { declaration }) };
  });
}

function isMeant(declared: string, { name, qualifier, isMember }: NamePlace, owner: string | undefined): boolean {
  if (isMember) return owner !== undefined && (declared.endsWith(`::${owner}::${name}`));
  if (qualifier !== '') return declared === qualifier + name || declared.endsWith(`::${qualifier}${name}`);
  // Unqualified, through a using-directive: a name of the library itself, not a member of one of its classes.
  return new RegExp(`^asyncio::(?:[a-z]\\w*::)?${name}$`).test(declared);
}

/** Overloads are distinguished by their parameters. */
function isOf({ signature, kind }: Declaration, { parameters }: Completion): boolean {
  if (parameters === undefined || kind !== 'function') return parameters === undefined || kind === 'class';
  return plain(signature).includes(`(${plain(parameters.map(({ text }) => text).join(','))})`);
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function alone(candidates: Declaration[]): Declaration | undefined {
  return candidates.length === 1 ? candidates[0] : candidates.find(({ comment }) => comment !== '');
}

/** The declaration of a name in the text: the nearest one above `offset`, else the first one below. */
export function declarationIn(text: string, name: string, offset: number): number | undefined {
  const places = [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))]
    .map(({ index }) => index)
    .filter((index) => declares(text, name, index));
  return places.filter((index) => index <= offset).at(-1) ?? places[0];
}

const NO_TYPE = /\b(?:return|co_return|co_await|co_yield|throw|new|delete|else|case|goto|using|typename|not|and|or)\s*$/;

/** A type precedes it, and a token follows that can follow a declared name. */
function declares(text: string, name: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 200), index);
  const after = text.slice(index + name.length, index + name.length + 80);
  if (/(?:\b(?:class|struct|enum|union|concept|namespace|using)\s+)$/.test(before)) return true;
  if (/\bauto&*\s*\[[\w\s,]*$/.test(before)) return true;
  if (NO_TYPE.test(before)) return false;
  return /[\w>\])][\s&*]+$/.test(before) && /^\s*(?:[;={(,)[:]|$)/.test(after) && !/^\s*(?:==|::)/.test(after);
}
