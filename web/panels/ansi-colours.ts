import type { AnsiColour, AnsiStyle } from './ansi-style.js';
import type { Voice } from './console-line.js';

/** The console's colours in theme.css, as red, green and blue; a test compares them. */
export const themes = {
  light: { background: 0xf9fafb, text: 0x1b2028, bad: 0xa3171c },
  dark: { background: 0x12151b, text: 0xe4e8ee, bad: 0xff9a94 },
} as const;

export type Theme = keyof typeof themes;

/** The minimum for text, by WCAG's level AA. */
const leastContrast = 4.5;

const black = 0x000000;
const white = 0xffffff;
/** The sixteen named colours: black, red, green, yellow, blue, magenta, cyan, white, then the bright ones. */
const named = [
  0x000000, 0xc4262e, 0x1c8a4a, 0xb58900, 0x2f6fd0, 0xa83fa8, 0x13899c, 0xd0d4da,
  0x6b7480, 0xf0555d, 0x3cc46f, 0xe6c446, 0x6aa3f5, 0xd77ad7, 0x45c2d4, 0xffffff,
];
const cube = [0, 95, 135, 175, 215, 255];

export interface Colours {
  text: string;
  background: string | undefined;
}

/** A cache: styles repeat, and finding readable colours takes as long as drawing a line. */
const known = new Map<string, Record<Theme, Colours>>();
const mostKnown = 4_096;

/** The colours of a style, if it has any; the text is always readable, whatever a program requests. */
export function coloursOf(style: AnsiStyle, voice: Voice): Record<Theme, Colours> | undefined {
  const { colour, background, inverse, dim } = style;
  if (colour === undefined && background === undefined && inverse !== true && dim !== true) return undefined;
  const key = [voice === 'stderr', keyOf(colour), keyOf(background), inverse, dim].join();
  let colours = known.get(key);
  if (colours === undefined) {
    colours = { light: coloursIn('light', style, voice), dark: coloursIn('dark', style, voice) };
    if (known.size >= mostKnown) known.clear();
    known.set(key, colours);
  }
  return colours;
}

function coloursIn(theme: Theme, style: AnsiStyle, voice: Voice): Colours {
  const own = themes[theme];
  let text = style.colour === undefined ? (voice === 'stderr' ? own.bad : own.text) : rgbOf(style.colour);
  let background = style.background === undefined ? undefined : rgbOf(style.background);
  if (style.inverse === true) [text, background] = [background ?? own.background, text];
  const behind = background ?? own.background;
  if (style.dim === true) text = mix(text, behind, 0.4);
  return { text: cssOf(readable(text, behind)), background: background === undefined ? undefined : cssOf(background) };
}

/** The nearest colour towards black or white with enough contrast. */
export function readable(text: number, background: number): number {
  if (contrast(text, background) >= leastContrast) return text;
  const pole = contrast(white, background) > contrast(black, background) ? white : black;
  let [from, to] = [0, 1];
  for (let step = 0; step < 8; step += 1) {
    const middle = (from + to) / 2;
    if (contrast(mix(text, pole, middle), background) >= leastContrast) to = middle;
    else from = middle;
  }
  return mix(text, pole, to);
}

/** The contrast ratio as WCAG defines it: 1 to 21. */
export function contrast(one: number, other: number): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function keyOf(colour: AnsiColour | undefined): string {
  if (colour === undefined) return '';
  return 'rgb' in colour ? `#${colour.rgb}` : `${colour.index}`;
}

function rgbOf(colour: AnsiColour): number {
  if ('rgb' in colour) return colour.rgb;
  const { index } = colour;
  const byName = named[index];
  if (byName !== undefined) return byName;
  if (index >= 232) return fromParts(Array<number>(3).fill(8 + (index - 232) * 10));
  const place = index - 16;
  return fromParts([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((level) => cube[level] ?? 0));
}

function luminance(colour: number): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: number, to: number, share: number): number {
  const target = partsOf(to);
  return fromParts(partsOf(from).map((part, at) => Math.round(part + ((target[at] ?? 0) - part) * share)));
}

function partsOf(colour: number): number[] {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

function fromParts([red = 0, green = 0, blue = 0]: number[]): number {
  return red * 65_536 + green * 256 + blue;
}

function cssOf(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}
