/**
 * The page's colours in one theme, each as the page computes it, by the name that the picture's style has for it.
 * @typedef {Record<string, string>} Palette
 * @typedef {{ light: Palette, dark: Palette }} Palettes
 */

/**
 * @param {import('puppeteer-core').Page} page with its timeline open
 * @returns {Promise<Palettes>}
 */
export async function readPalettes(page) {
  return { light: await paletteOf(page, 'light'), dark: await paletteOf(page, 'dark') };
}

/**
 * @param {import('puppeteer-core').Page} page
 * @param {'light' | 'dark'} theme
 */
async function paletteOf(page, theme) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  return page.evaluate(readInPage);
}

/** Runs in the page. */
function readInPage() {
  const { document, getComputedStyle } = window;
  /** @type {Palette} */
  const palette = {};
  // A custom property's value may itself be a function; a computed colour is not.
  const probe = document.createElement('i');
  document.body.append(probe);
  for (const name of ['surface', 'sunken', 'line', 'text', 'muted', 'accent', 'bad']) {
    probe.style.color = `var(--${name})`;
    palette[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  for (const state of ['running', 'ready', 'waiting']) {
    const swatch = document.querySelector(`.lane-swatch.lane-${state}`);
    if (swatch === null) throw new Error(`the timeline has no swatch for ${state}`);
    const { backgroundColor, borderColor, color } = getComputedStyle(swatch);
    Object.assign(palette, { [state]: backgroundColor, [`${state}-mark`]: borderColor, [`${state}-ink`]: color });
  }
  return palette;
}
