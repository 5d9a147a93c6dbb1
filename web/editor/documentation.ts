import type { Completion, CompletionList } from '../protocol/completion.js';
import type { Declaration } from '../protocol/declaration.js';

/** A name in a text, and what stands before it. */
export interface NamePlace {
  name: string;
  /** `asyncio::http::`, or empty. */
  qualifier: string;
  /** Behind a `.` or `->`. */
  isMember: boolean;
}

export interface Described {
  signature: string;
  declaration?: Declaration;
}

/** `line` up to where the name starts. */
export function placeOf(name: string, line: string): NamePlace {
  return {
    name,
    qualifier: /(?:\w+::)+$/.exec(line)?.[0] ?? '',
    isMember: /(?:\.|->)\s*$/.test(line),
  };
}

/**
 * What a name means: what the compiler says could stand there, each with the words of the header it comes from;
 * where the compiler says nothing, what the headers declare under the name as it is written.
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
  // Unqualified, by using: a name of the library itself, not a member of one of its classes.
  return new RegExp(`^asyncio::(?:[a-z]\\w*::)?${name}$`).test(declared);
}

/** Overloads are told apart by their parameters. */
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

/** Where the text itself declares a name: the nearest place above `offset`, else the first one below. */
export function declarationIn(text: string, name: string, offset: number): number | undefined {
  const places = [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))]
    .map(({ index }) => index)
    .filter((index) => declares(text, name, index));
  return places.filter((index) => index <= offset).at(-1) ?? places[0];
}

const NO_TYPE = /\b(?:return|co_return|co_await|co_yield|throw|new|delete|else|case|goto|using|typename|not|and|or)\s*$/;

/** A type stands before it, and after it what can follow a declared name. */
function declares(text: string, name: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 200), index);
  const after = text.slice(index + name.length, index + name.length + 80);
  if (/(?:\b(?:class|struct|enum|union|concept|namespace|using)\s+)$/.test(before)) return true;
  if (/\bauto&*\s*\[[\w\s,]*$/.test(before)) return true;
  if (NO_TYPE.test(before)) return false;
  return /[\w>\])][\s&*]+$/.test(before) && /^\s*(?:[;={(,)[:]|$)/.test(after) && !/^\s*(?:==|::)/.test(after);
}
