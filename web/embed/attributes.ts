import { parseLineRanges } from './line-ranges.js';
import { splitArguments } from './program-arguments.js';

export type Theme = 'auto' | 'light' | 'dark';
/** When the C++ runtime is loaded: with the page, when the element comes near the viewport, or at the first Run. */
export type Loading = 'eager' | 'lazy' | 'click';

/** The parsed attributes of an element. */
export interface Settings {
  theme: Theme;
  /** Shows line numbers. */
  lines: boolean;
  highlight: ReadonlySet<number>;
  readOnly: boolean;
  args: string[];
  /** All of standard input; null: requested while the program runs. */
  stdin: string | null;
  clock: 'real' | 'fast' | 'slow';
  seed: number | null;
  /** Real threads, where the page supports them. */
  threads: boolean;
  autorun: boolean;
  /** A CSS length. */
  outputHeight: string | undefined;
  loading: Loading;
  expected: string | undefined;
  /** The URL of a playground; `beside` is the one hosted with the element, null shows no link. */
  openIn: URL | 'beside' | null;
  /** The URL of the program's text. */
  src: URL | undefined;
  /** A selector for the element that contains the text. */
  for: string | undefined;
  /** The URL of the manifest of precompiled programs. */
  prepared: URL | undefined;
}

export const defaultSettings: Readonly<Settings> = {
  theme: 'auto',
  lines: true,
  highlight: new Set(),
  readOnly: false,
  args: [],
  stdin: null,
  clock: 'real',
  seed: null,
  threads: false,
  autorun: false,
  outputHeight: undefined,
  loading: 'click',
  expected: undefined,
  openIn: 'beside',
  src: undefined,
  for: undefined,
  prepared: undefined,
};

export interface ReadAttributes {
  settings: Settings;
  /** Errors in the attributes, one sentence each. */
  problems: string[];
}

/** The context in which the attributes are checked. */
export interface Surroundings {
  /** The base of relative URLs. */
  baseUrl: string;
  isSelector: (text: string) => boolean;
  /** Whether CSS accepts it as a height. */
  isHeight: (text: string) => boolean;
}

const largestSeed = 4_294_967_295;

/** Why a value is invalid; ends the sentence `“value” cannot be its “name”: `. */
class WrongValue extends Error {}

type Reader = (value: string, surroundings: Surroundings) => Partial<Settings>;

const readers: Record<string, Reader> = {
  theme: (value) => ({ theme: choice(value, ['auto', 'light', 'dark']) }),
  lines: (value) => ({ lines: yesOrNo(value) }),
  highlight: (value) => ({ highlight: given(parseLineRanges(value), 'it must be lines such as 2,5-7') }),
  'read-only': (value) => ({ readOnly: yesOrNo(value) }),
  args: (value) => ({ args: given(splitArguments(value), 'a quotation mark is not closed') }),
  stdin: (value) => ({ stdin: value }),
  clock: (value) => ({ clock: choice(value, ['real', 'fast', 'slow']) }),
  seed: (value) => ({ seed: seed(value) }),
  threads: (value) => ({ threads: yesOrNo(value) }),
  autorun: (value) => ({ autorun: yesOrNo(value) }),
  'output-height': (value, { isHeight }) => ({ outputHeight: height(value, isHeight) }),
  loading: (value) => ({ loading: choice(value, ['lazy', 'click', 'eager']) }),
  expected: (value) => ({ expected: value }),
  'open-in': (value, { baseUrl }) => ({ openIn: value === 'none' ? null : address(value, baseUrl) }),
  src: (value, { baseUrl }) => ({ src: address(value, baseUrl) }),
  for: (value, { isSelector }) => ({ for: selector(value, isSelector) }),
  prepared: (value, { baseUrl }) => ({ prepared: address(value, baseUrl) }),
};

export const ownAttributes = Object.keys(readers);

export function readAttributes(attributes: Iterable<readonly [name: string, value: string]>, surroundings: Surroundings): ReadAttributes {
  const settings: Settings = { ...defaultSettings };
  const problems: string[] = [];
  for (const [name, value] of attributes) {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (read === undefined) {
      if (!isOfTheHost(name)) problems.push(unknown(name));
      continue;
    }
    try {
      Object.assign(settings, read(value, surroundings));
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      problems.push(`Invalid value “${shorten(value)}” of “${name}”: ${error.message}.`);
    }
  }
  if (settings.src !== undefined && settings.for !== undefined) problems.push('It has both “src” and “for”: use only one of them.');
  return { settings, problems };
}

const hostNames = new Set(
  (
    'accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert ' +
    'inputmode is itemid itemprop itemref itemscope itemtype key lang nonce part popover ref role slot spellcheck style tabindex title ' +
    'translate virtualkeyboardpolicy writingsuggestions xmlns'
  ).split(' '),
);

/** Global HTML attributes, and the prefixed or marked ones of frameworks. */
function isOfTheHost(name: string): boolean {
  return hostNames.has(name) || /^(?:data|aria|v|x|ng|hx|astro|client)-|^on[a-z]|[^a-z-]/.test(name);
}

function unknown(name: string): string {
  const [nearest] = ownAttributes
    .map((own) => ({ own, steps: distance(name, own) }))
    .filter(({ own, steps }) => steps <= (own.length < 5 ? 1 : 2))
    .sort((a, b) => a.steps - b.steps);
  const named = `Unknown attribute “${shorten(name)}”`;
  return nearest === undefined ? `${named}.` : `${named}: did you mean “${nearest.own}”?`;
}

/** The Levenshtein distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1) {
      const same = letter === other[at - 1] ? 0 : 1;
      next.push(Math.min((row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (row[at - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function choice<const Choices extends readonly string[]>(value: string, choices: Choices): Choices[number] {
  return given(choices.find((one) => one === value), `it must be ${listed(choices)}`);
}

/** As in HTML, its presence means true. `false` is accepted for users who expect it. */
function yesOrNo(value: string): boolean {
  return choice(value === '' ? 'true' : value, ['true', 'false']) === 'true';
}

function seed(value: string): number {
  const number = Number(value);
  return given(/^\d+$/.test(value) && number <= largestSeed ? number : undefined, `it must be a whole number up to ${largestSeed}`);
}

function height(value: string, isHeight: (text: string) => boolean): string {
  const length = /^\d+(?:\.\d+)?$/.test(value) ? `${value}px` : value;
  return given(isHeight(length) ? length : undefined, 'it must be a length such as 200px or 12em');
}

function address(value: string, baseUrl: string): URL {
  const url = value !== '' && URL.canParse(value, baseUrl) ? new URL(value, baseUrl) : undefined;
  // Nothing else can be fetched or opened; `javascript:` would run in the host page.
  return given(/^https?:$/.test(url?.protocol ?? '') ? url : undefined, 'it must be the address of a file or a page');
}

function selector(value: string, isSelector: (text: string) => boolean): string {
  return given(isSelector(value) ? value : undefined, 'it must be a CSS selector such as #example');
}

function given<Value>(value: Value | undefined, otherwise: string): Value {
  if (value === undefined) throw new WrongValue(otherwise);
  return value;
}

function listed(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
