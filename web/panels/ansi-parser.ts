import { plain, styleAfter, type AnsiStyle } from './ansi-style.js';

/** What a terminal does with a program's output, a line at a time. */
export interface TerminalActions {
  /** Text without control characters, for the place where the cursor stands. */
  print(text: string, style: AnsiStyle): void;
  newline(): void;
  carriageReturn(): void;
  backspace(): void;
  /** From the cursor to the line's end, from its start to the cursor, or all of it. */
  eraseLine(part: 'end' | 'start' | 'all'): void;
}

/** An escape longer than this is not kept, only skipped. */
const longestEscape = 256;
/** A string of the terminal (a title, a link) that is never ended hides no more than this. */
const longestString = 4_096;

/** Tab is text. The others mean something, could hide or reorder what stands beside them, or are half a character. */
// eslint-disable-next-line no-control-regex -- it is control characters that are looked for
const special = /[\0-\x08\n-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/g;

const escape = 0x1b;

type State = 'text' | 'escape' | 'escape-rest' | 'sequence' | 'string' | 'string-escape';

/**
 * Reads one stream of output, in pieces as they come, and does what its escapes say: colours and styles,
 * carriage return, backspace, erasing the line. Other escapes are dropped. Control characters that are left over, and those
 * that reorder text, become visible. Whatever comes, it takes constant memory and time in proportion to the text.
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
    // What only becomes visible is printed together with the text around it.
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

  /** A character of an escape, or as many as can be skipped at once. */
  #readEscape(text: string, at: number): number {
    const code = text.charCodeAt(at);
    switch (this.#state) {
      case 'escape':
        return this.#begin(code) ? at + 1 : at;
      case 'escape-rest':
        // Intermediate characters, then the last one.
        if (code < 0x20 || code > 0x7e) return this.#end(at);
        return code < 0x30 ? at + 1 : this.#end(at + 1);
      case 'sequence':
        return this.#readSequence(text, at);
      case 'string':
        return this.#readString(text, at);
      case 'string-escape':
        // ESC \ ends a string; any other escape ends it as well, and begins.
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
    // What cannot be part of an escape is no part of it.
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
      // No string goes over a line's end: what never ends is given up there.
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

/** Text that holds nothing a terminal would act on: what people typed, and what the page says. */
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
