import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { coloursOf, contrast, readable, themes, type Theme } from './ansi-colours.js';
import type { AnsiColour, AnsiStyle } from './ansi-style.js';

const rgb = (css: string | undefined): number => parseInt(css?.slice(1) ?? '', 16);

function contrastOf(style: AnsiStyle, theme: Theme): number {
  const colours = coloursOf(style, 'stdout')?.[theme];
  return contrast(rgb(colours?.text), colours?.background === undefined ? themes[theme].background : rgb(colours.background));
}

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  test.each(Array.from({ length: 256 }, (_, index) => index))('colour %d is readable as text, and text on it', (index) => {
    const colour: AnsiColour = { index };
    expect(contrastOf({ colour }, theme)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf({ background: colour }, theme)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf({ colour, inverse: true }, theme)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf({ colour, background: colour, dim: true }, theme)).toBeGreaterThanOrEqual(4.5);
  });

  test('its own colours are those of the style sheet', async () => {
    const sheet = await readFile(new URL('../playground/style/theme.css', import.meta.url), 'utf8');
    const inSheet = (name: string): number => {
      const [, light, dark] = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(sheet) ?? [];
      return rgb(theme === 'light' ? light : dark);
    };
    expect({ background: inSheet('sunken'), text: inSheet('text'), bad: inSheet('bad') }).toEqual(themes[theme]);
  });
});

test('a colour that is readable stays as it is', () => {
  expect(readable(0x003366, 0xffffff)).toBe(0x003366);
});

test('contrast is what WCAG defines', () => {
  expect(contrast(0x000000, 0xffffff)).toBeCloseTo(21, 5);
  expect(contrast(0x777777, 0xffffff)).toBeCloseTo(4.48, 2);
});

test('a style without colours has none', () => {
  expect(coloursOf({ bold: true, underline: true }, 'stdout')).toBeUndefined();
});
