import type { KeyInput } from 'puppeteer-core';
import type { Playground } from './harness.js';

/** Types into Monaco by keyboard, like a user. */
export class Typist {
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Puts the text into the program and the caret at the place of its `|`. */
  async write(text: string): Promise<void> {
    const { page } = this.#playground;
    const [before = '', after = ''] = text.split('|');
    await this.#playground.setText(before + after);
    await page.click('.monaco-editor .view-lines');
    await this.press('Control', 'Home');
    const lines = before.split('\n');
    for (let line = 1; line < lines.length; line += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    // Home moves to the first word of the line, and then to its start.
    const last = lines.at(-1) ?? '';
    const indent = /^\s*/.exec(last + (after.split('\n')[0] ?? ''))?.[0].length ?? 0;
    for (let column = Math.min(indent, last.length); column < last.length; column += 1) await page.keyboard.press('ArrowRight');
  }

  type(text: string): Promise<void> {
    return this.#playground.page.keyboard.type(text);
  }

  /** Presses the last key while the others are held. */
  async press(...keys: KeyInput[]): Promise<void> {
    const { keyboard } = this.#playground.page;
    const held = keys.slice(0, -1);
    for (const key of held) await keyboard.down(key);
    await keyboard.press(keys.at(-1) ?? 'Enter');
    for (const key of held.reverse()) await keyboard.up(key);
  }

  /** Waits until an element that matches the selector shows the text. */
  shows(selector: string, text: string): Promise<unknown> {
    return this.#playground.page.waitForFunction(
      (where, wanted) => [...document.querySelectorAll(where)].some((element) => element.textContent.replaceAll('\u00a0', ' ').includes(wanted)),
      { polling: 50 },
      selector,
      text,
    );
  }
}
