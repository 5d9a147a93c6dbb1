/** A terminal colour: one of its 256 by number, or red, green and blue in one number. */
export type AnsiColour = { index: number } | { rgb: number };

/** A text style set by SGR escapes. Immutable: a changed style is a new object. */
export interface AnsiStyle {
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
  readonly colour?: AnsiColour;
  readonly background?: AnsiColour;
}

export const plain: AnsiStyle = Object.freeze({});

type Flag = 'bold' | 'dim' | 'italic' | 'underline' | 'strike' | 'inverse';

const flags: Record<number, Flag> = { 1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 7: 'inverse', 9: 'strike', 21: 'underline' };
const resets: Record<number, Flag[]> = { 22: ['bold', 'dim'], 23: ['italic'], 24: ['underline'], 27: ['inverse'], 29: ['strike'] };

/**
 * The style after an SGR escape with these raw parameters: `1;38;5;208` or `38:2::255:0:0`. Unknown ones, and those that
 * would hide text, are ignored.
 */
export function styleAfter(style: AnsiStyle, parameters: string): AnsiStyle {
  const groups = parameters.split(';').map((group) => group.split(':').map(numberOf));
  let next = style;
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] ?? [];
    const code = group[0] ?? 0;
    if (code !== 38 && code !== 48) {
      next = withCode(next, code, group[1]);
      continue;
    }
    const key = code === 38 ? 'colour' : 'background';
    // With colons a colour's numbers are in one group; with semicolons they are the next parameters.
    const own = group.length > 1;
    const numbers = own ? group.slice(1) : groups.slice(at + 1, at + 5).map((following) => following[0] ?? 0);
    const { colour, length } = colourOf(numbers, own);
    if (colour !== undefined) next = { ...next, [key]: colour };
    if (!own) at += length;
  }
  return next;
}

function withCode(style: AnsiStyle, code: number, sub: number | undefined): AnsiStyle {
  if (code === 0) return plain;
  const flag = flags[code];
  // 4:0 turns underline off, 4:1 to 4:5 are kinds of it.
  if (flag !== undefined) return code === 4 && sub === 0 ? without(style, 'underline') : { ...style, [flag]: true };
  const reset = resets[code];
  if (reset !== undefined) return without(style, ...reset);
  if (code >= 30 && code <= 37) return { ...style, colour: { index: code - 30 } };
  if (code === 39) return without(style, 'colour');
  if (code >= 40 && code <= 47) return { ...style, background: { index: code - 40 } };
  if (code === 49) return without(style, 'background');
  if (code >= 90 && code <= 97) return { ...style, colour: { index: code - 82 } };
  if (code >= 100 && code <= 107) return { ...style, background: { index: code - 92 } };
  return style;
}

function without(style: AnsiStyle, ...keys: (keyof AnsiStyle)[]): AnsiStyle {
  const left = { ...style };
  for (const key of keys) delete left[key];
  return left;
}

/** `length` is how many of the numbers belong to the colour. */
function colourOf(numbers: number[], colons: boolean): { colour?: AnsiColour; length: number } {
  const [kind, ...rest] = numbers;
  if (kind === 5) {
    const index = rest[0] ?? 0;
    return index <= 255 ? { colour: { index }, length: 2 } : { length: 2 };
  }
  if (kind === 2) {
    // With colons a colour space may come first: 2:<space>:r:g:b.
    const [red = 0, green = 0, blue = 0] = colons && rest.length > 3 ? rest.slice(1) : rest;
    const valid = red <= 255 && green <= 255 && blue <= 255;
    return valid ? { colour: { rgb: red * 65_536 + green * 256 + blue }, length: 4 } : { length: 4 };
  }
  return { length: 1 };
}

function numberOf(text: string): number {
  // Anything else is treated like a number that is too large.
  return text === '' ? 0 : /^\d{1,5}$/.test(text) ? Number(text) : 65_535;
}
