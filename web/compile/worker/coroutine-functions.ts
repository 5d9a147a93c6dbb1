import { matching, opening, type Token, tokenize } from './tokens.js';

/** A named parameter, as one declaration writes it. */
export interface Parameter {
  /** Offset of the end of its name. */
  nameEnd: number;
  /** What the coroutine can refer to through it: an argument of any kind, only variables (`T&`), or nothing else. */
  binds: 'anything' | 'variables' | 'nothing';
  hasDefault: boolean;
}

/** One declaration or definition of a function or lambda that is a lazy coroutine. */
export interface CoroutineFunction {
  /** Undefined for a lambda, whose calls are found through the variable that holds it. */
  name: string | undefined;
  /** Index of the token that opens its parameters. */
  list: number;
  /** Unnamed ones are undefined: nothing in the coroutine refers to them. */
  parameters: (Parameter | undefined)[];
  /** Where an attribute of the object parameter can be inserted, if it is a member declared in its class. */
  object: number | undefined;
}

const STARTED_LATER = new Set(['Coro', 'AsyncGenerator']);
const CONTROL = new Set(['if', 'for', 'while', 'switch', 'catch', 'constexpr']);
/** What can appear between the parameters and the body. */
const BEFORE_A_BODY = /^(?:\w+|[-<>:,&*])$/;
const VIEWS = /view|span|reference_wrapper|initializer_list/;

export interface Source {
  file: string;
  text: string;
  tokens: Token[];
  functions: CoroutineFunction[];
}

/** The files with their lazy coroutines: those that return a Coro, an AsyncGenerator or an alias of one. */
export function readSources(files: Record<string, string>): Source[] {
  const read = Object.entries(files).map(([file, text]) => ({ file, text, tokens: tokenize(text) }));
  const results = new Set([...STARTED_LATER, ...read.flatMap(({ tokens }) => aliases(tokens))]);
  const sources = read.map((source) => ({ ...source, definitions: definedIn(source.tokens, results) }));
  const names = new Set(sources.flatMap(({ definitions }) => definitions.map(({ name }) => name)));
  return sources.map(({ definitions, ...source }) => {
    const lists = [...definitions.map(({ list }) => list), ...declaredIn(source.tokens, results, names)];
    return { ...source, functions: lists.map((list) => functionAt(source.tokens, list, results)) };
  });
}

/** `using Co = asyncio::Coro<T>` */
function aliases(tokens: Token[]): string[] {
  return tokens.flatMap(({ text }, at) => {
    if (text !== 'using' || tokens[at + 2]?.text !== '=') return [];
    const end = tokens.findIndex((token, index) => index > at && token.text === ';');
    const is = tokens.slice(at + 3, end).some((token) => STARTED_LATER.has(token.text));
    return is ? [tokens[at + 1]?.text ?? ''] : [];
  });
}

interface Definition {
  name: string | undefined;
  /** Index of the parenthesis before its parameters; -1 for a lambda without. */
  list: number;
}

/** The functions whose own body contains a co_await, co_return or co_yield. */
function definedIn(tokens: Token[], results: Set<string>): Definition[] {
  const open: (Definition | undefined)[] = [];
  const found = new Set<Definition>();
  for (const [at, { text }] of tokens.entries()) {
    if (text === '{') open.push(functionOfBody(tokens, at));
    else if (text === '}') open.pop();
    else if (/^co_(?:await|return|yield)$/.test(text)) {
      const inner = open.findLast((each) => each !== undefined);
      if (inner !== undefined) found.add(inner);
    }
  }
  return [...found].filter(({ list }) => list >= 0 && givesOneOf(tokens, list, results));
}

/** The declarations without a body of the functions with these names. */
function declaredIn(tokens: Token[], results: Set<string>, names: Set<string | undefined>): number[] {
  return tokens.flatMap(({ text }, at) => {
    if (text !== '(' || !names.has(tokens[at - 1]?.text)) return [];
    const end = matching(tokens, at);
    if (end === undefined || !/^(?:\w+|[>])$/.test(tokens[at - 2]?.text ?? '')) return [];
    const after = tokens.slice(end + 1, end + 6).find((token) => !/^(?:const|noexcept|override|final|&)$/.test(token.text));
    return after?.text === ';' && givesOneOf(tokens, at, results) ? [at] : [];
  });
}

/** The function whose body is opened by the brace at `index`. */
function functionOfBody(tokens: Token[], index: number): Definition | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (text === ')') {
      const list = opening(tokens, at);
      const before = tokens[list - 1]?.text ?? '';
      if (CONTROL.has(before)) return undefined;
      if (before === 'noexcept' || before === 'requires' || before === 'decltype') {
        at = list;
        continue;
      }
      return { name: /^\w+$/.test(before) ? before : undefined, list };
    }
    if (text === ']') return { name: undefined, list: -1 };
    if (!BEFORE_A_BODY.test(text) || /^(?:else|do|try|namespace|class|struct|union|enum)$/.test(text)) return undefined;
  }
  return undefined;
}

/** Whether the return type, leading or trailing, of the function with these parameters is one of `results`. */
function givesOneOf(tokens: Token[], list: number, results: Set<string>): boolean {
  const end = matching(tokens, list) ?? tokens.length;
  for (let at = end + 1; at < tokens.length && !/^[;{]$/.test(tokens[at]?.text ?? ''); at += 1) {
    if (results.has(tokens[at]?.text ?? '')) return true;
  }
  return specifiers(tokens, list).some((text) => results.has(text));
}

/** The tokens of a declaration before its parameters. */
function specifiers(tokens: Token[], list: number): string[] {
  const words: string[] = [];
  for (let at = list - 1; at >= 0 && !/^[;{}()]$/.test(tokens[at]?.text ?? ''); at -= 1) words.push(tokens[at]?.text ?? '');
  return words;
}

function functionAt(tokens: Token[], list: number, results: Set<string>): CoroutineFunction {
  const end = matching(tokens, list) ?? list;
  const before = tokens[list - 1]?.text ?? '';
  const lambda = !/^\w+$/.test(before);
  const parts = split(tokens, list + 1, end);
  const explicit = parts[0]?.[0]?.text === 'this';
  return {
    list,
    name: lambda ? variableOf(tokens, list) : before,
    parameters: (explicit ? parts.slice(1) : parts).map((part) => parameterOf(part, results)),
    object: lambda || explicit || !isMember(tokens, list) ? undefined : objectPlace(tokens, end),
  };
}

/** `auto name = [captures](` */
function variableOf(tokens: Token[], list: number): string | undefined {
  const captures = opening(tokens, list - 1);
  const [name, equals] = [tokens[captures - 2]?.text, tokens[captures - 1]?.text];
  return equals === '=' && name !== undefined && /^\w+$/.test(name) ? name : undefined;
}

function parameterOf(tokens: Token[], results: Set<string>): Parameter | undefined {
  const equals = tokens.findIndex(({ text }) => text === '=');
  const declared = equals < 0 ? tokens : tokens.slice(0, equals);
  const name = declared.at(-1);
  const before = declared.at(-2)?.text;
  if (name === undefined || before === undefined || !/^\w+$/.test(name.text) || /^(?::|const|unsigned|long|short)$/.test(before)) return undefined;
  const words = declared.slice(0, -1).map(({ text }) => text);
  return { nameEnd: name.offset + name.text.length, binds: boundBy(words, results), hasDefault: equals >= 0 };
}

function boundBy(words: string[], results: Set<string>): Parameter['binds'] {
  const references = words.filter((text) => text === '&').length;
  if (references === 1 && !words.includes('const')) return 'variables';
  if (references > 0 || words.some((text) => text === '*' || VIEWS.test(text) || results.has(text))) return 'anything';
  return 'nothing';
}

/** The parts between the commas from `from` to `to`. */
function split(tokens: Token[], from: number, to: number): Token[][] {
  const parts: Token[][] = [];
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (parts.length === 0) parts.push([]);
    if (/^[([{<]$/.test(token.text)) depth += 1;
    else if (/^[)\]}]$/.test(token.text) || (token.text === '>' && tokens[at - 1]?.text !== '-' && depth > 0)) depth -= 1;
    if (token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Whether this declares a non-static member function, inside its class. */
function isMember(tokens: Token[], list: number): boolean {
  const words = specifiers(tokens, list);
  if (words.includes('static') || words.includes('friend') || words[1] === ':') return false;
  let depth = 0;
  for (let at = list - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text;
    if (text === '}') depth += 1;
    else if (text === '{' && (depth -= 1) < 0) return isClassBody(tokens, at);
  }
  return false;
}

function isClassBody(tokens: Token[], brace: number): boolean {
  for (let at = brace - 1; at >= 0 && !/^[;{}()]$/.test(tokens[at]?.text ?? ''); at -= 1) {
    if (/^(?:class|struct)$/.test(tokens[at]?.text ?? '')) return tokens[at - 1]?.text !== 'enum';
  }
  return false;
}

/** After the parameters, const, & and noexcept. */
function objectPlace(tokens: Token[], close: number): number | undefined {
  let at = close;
  while (/^(?:const|volatile|&|noexcept)$/.test(tokens[at + 1]?.text ?? '')) {
    at += 1;
    if (tokens[at]?.text === 'noexcept' && tokens[at + 1]?.text === '(') at = matching(tokens, at + 1) ?? at;
  }
  const last = tokens[at];
  return last === undefined ? undefined : last.offset + last.text.length;
}
