import { plain, styleAfter, type AnsiStyle } from './ansi-style.js';

/** The terminal operations for a program's output, one line at a time. */
export interface TerminalActions {
  /** Text without control characters, to print at the cursor. */
  print(text: string, style: AnsiStyle): void;
  newline(): void;
  carriageReturn(): void;
  backspace(): void;
  /** From the cursor to the line's end, from its start to the cursor, or all of it. */
  eraseLine(part: 'end' | 'start' | 'all'): void;
}

/** A longer escape is skipped instead of stored. */
const longestEscape = 256;
/** An unterminated terminal string (a title, a link) hides no more than this. */
const longestString = 4_096;

/** All special characters except tab: control characters, those that hide or reorder text, and surrogates. */
// eslint-disable-next-line no-control-regex -- it is control characters that are looked for
const special = /[\0-\x08\n-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/g;

const escape = 0x1b;

type State = 'text' | 'escape' | 'escape-rest' | 'sequence' | 'string' | 'string-escape';

/**
 * Parses one stream of output, in chunks, and executes its escapes: colours and styles, carriage return, backspace,
 * erasing the line. Other escapes are dropped. Remaining control characters, and those that reorder text, become visible.
 * For any input it takes constant memory and linear time.
 */
export class AnsiParser {
  readonly #actions: TerminalActions;
  #state: State = 'text';
  #style: AnsiStyle = plain;
  #parameters = '';
  #skipped = 0;

  constructor(actions: TerminalActions) {
    this.#actions = actions;
  }

  write(text: string): void {
    let at = 0;
    while (at < text.length) at = this.#state === 'text' ? this.#readText(text, at) : this.#readEscape(text, at);
  }

  reset(): void {
    this.#state = 'text';
    this.#style = plain;
  }

  #readText(text: string, from: number): number {
    // Characters that only become visible are printed together with the text around them.
    let collected = '';
    let start = from;
    special.lastIndex = from;
    while (special.test(text)) {
      const found = special.lastIndex - 1;
      if (isPairAt(text, found)) {
        special.lastIndex = found + 2;
        continue;
      }
      collected += text.slice(start, found);
      start = found + 1;
      const code = text.charCodeAt(found);
      if (acts(code)) {
        this.#print(collected);
        this.#act(code);
        return start;
      }
      collected += visible(code);
    }
    this.#print(collected + text.slice(start));
    return text.length;
  }

  #act(code: number): void {
    switch (code) {
      case 0x08:
        this.#actions.backspace();
        break;
      case 0x0a:
        this.#actions.newline();
        break;
      case 0x0d:
        this.#actions.carriageReturn();
        break;
      case escape:
        this.#state = 'escape';
        break;
    }
  }

  /** Reads a character of an escape, or as many as can be skipped at once. */
  #readEscape(text: string, at: number): number {
    const code = text.charCodeAt(at);
    switch (this.#state) {
      case 'escape':
        return this.#begin(code) ? at + 1 : at;
      case 'escape-rest':
        // Intermediate characters, then the final one.
        if (code < 0x20 || code > 0x7e) return this.#end(at);
        return code < 0x30 ? at + 1 : this.#end(at + 1);
      case 'sequence':
        return this.#readSequence(text, at);
      case 'string':
        return this.#readString(text, at);
      case 'string-escape':
        // ESC \ ends a string; any other escape ends it as well, and begins a new one.
        if (text[at] === '\\') return this.#end(at + 1);
        this.#state = 'escape';
        return at;
      case 'text':
        return at;
    }
  }

  #begin(code: number): boolean {
    this.#parameters = '';
    this.#skipped = 0;
    switch (code) {
      case 0x5b: // [
        this.#state = 'sequence';
        return true;
      case 0x50: // P
      case 0x58: // X
      case 0x5d: // ]
      case 0x5e: // ^
      case 0x5f: // _
        this.#state = 'string';
        return true;
      case escape:
        return true;
    }
    this.#state = code >= 0x20 && code <= 0x2f ? 'escape-rest' : 'text';
    // A character that cannot be part of an escape ends it.
    return code >= 0x20 && code <= 0x7e;
  }

  #readSequence(text: string, from: number): number {
    let at = from;
    let code = text.charCodeAt(at);
    while (at < text.length && code >= 0x20 && code <= 0x3f) code = text.charCodeAt(++at);
    if (this.#parameters.length <= longestEscape) this.#parameters += text.slice(from, Math.min(at, from + longestEscape + 1));
    if (at === text.length) return at;
    if (code < 0x40 || code > 0x7e) return this.#end(at);
    if (this.#parameters.length <= longestEscape) this.#sequence(String.fromCharCode(code), this.#parameters);
    return this.#end(at + 1);
  }

  #sequence(final: string, parameters: string): void {
    if (final === 'm' && /^[\d:;]*$/.test(parameters)) this.#style = styleAfter(this.#style, parameters);
    if (final !== 'K') return;
    if (parameters === '' || parameters === '0') this.#actions.eraseLine('end');
    else if (parameters === '1') this.#actions.eraseLine('start');
    else if (parameters === '2') this.#actions.eraseLine('all');
  }

  #readString(text: string, from: number): number {
    const last = Math.min(text.length, from + longestString - this.#skipped);
    for (let at = from; at < last; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x07) return this.#end(at + 1);
      // A string cannot span lines: an unterminated one is abandoned at the line's end.
      if (code === 0x0a) return this.#end(at);
      if (code === escape) {
        this.#state = 'string-escape';
        return at + 1;
      }
    }
    this.#skipped += last - from;
    return this.#skipped >= longestString ? this.#end(last) : last;
  }

  #end(at: number): number {
    this.#state = 'text';
    return at;
  }

  #print(text: string): void {
    if (text !== '') this.#actions.print(text, this.#style);
  }
}

/** Text without terminal control characters: typed input and the page's messages. */
export function visibleText(text: string): string {
  return text.replace(special, (character, at: number) => {
    const code = character.charCodeAt(0);
    const half = isPairAt(text, at) || (isLow(code) && isPairAt(text, at - 1));
    return half || character === '\n' ? character : visible(code);
  });
}

function acts(code: number): boolean {
  return code === 0x08 || code === 0x0a || code === 0x0d || code === escape;
}

function visible(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

function isPairAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff && isLow(text.charCodeAt(at + 1));
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
