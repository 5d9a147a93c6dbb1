import type { ProjectOptions } from '../../project/project.js';
import { defaultOptions, largestSeed, parseSeed } from '../../project/project-options.js';

export interface OptionsElements {
  button: HTMLButtonElement;
  /** Opened by the button, as a popover. */
  menu: HTMLElement;
  standard: HTMLSelectElement;
  optimisation: HTMLSelectElement;
  warnings: HTMLSelectElement;
  clock: HTMLSelectElement;
  seed: HTMLInputElement;
  seedProblem: HTMLElement;
  reset: HTMLButtonElement;
}

/** How the project is compiled and run: the menu "Options". */
export class OptionsMenu {
  readonly #elements: OptionsElements;
  readonly #listeners: (() => void)[] = [];
  #seed: number | null = null;

  constructor(elements: OptionsElements) {
    this.#elements = elements;
    const { menu, standard, optimisation, warnings, clock, seed, reset } = elements;
    this.#write(defaultOptions);
    for (const choice of [standard, optimisation, warnings, clock]) choice.addEventListener('change', () => this.#changed());
    seed.addEventListener('input', () => this.#readSeed());
    seed.addEventListener('blur', () => this.#showSeed());
    reset.addEventListener('click', () => {
      this.#write(defaultOptions);
      this.#changed();
    });
    // Escape closes the menu; it must not reach the page, where it stops the program.
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      event.preventDefault();
      menu.hidePopover();
      elements.button.focus();
    });
  }

  get options(): ProjectOptions {
    const { standard, optimisation, warnings, clock } = this.#elements;
    return {
      standard: standard.value as ProjectOptions['standard'],
      optimisation: optimisation.value as ProjectOptions['optimisation'],
      warnings: warnings.value as ProjectOptions['warnings'],
      clock: clock.value as ProjectOptions['clock'],
      seed: this.#seed,
    };
  }

  /** Not an edit: listeners are not called. */
  set options(options: ProjectOptions) {
    this.#write(options);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #write(options: ProjectOptions): void {
    const { standard, optimisation, warnings, clock } = this.#elements;
    choose(standard, options.standard, defaultOptions.standard);
    choose(optimisation, options.optimisation, defaultOptions.optimisation);
    choose(warnings, options.warnings, defaultOptions.warnings);
    choose(clock, options.clock, defaultOptions.clock);
    this.#seed = parseSeed(String(options.seed ?? '')) ?? null;
    this.#showSeed();
    this.#mark();
  }

  #readSeed(): void {
    const seed = parseSeed(this.#elements.seed.value);
    const isWrong = seed === undefined;
    this.#elements.seed.setAttribute('aria-invalid', String(isWrong));
    this.#elements.seedProblem.textContent = isWrong ? `A seed is a whole number from 0 to ${largestSeed}.` : '';
    if (isWrong || seed === this.#seed) return;
    this.#seed = seed;
    this.#changed();
  }

  /** Shows the effective seed if the typed one is invalid. */
  #showSeed(): void {
    const { seed, seedProblem } = this.#elements;
    seed.value = this.#seed === null ? '' : String(this.#seed);
    seed.setAttribute('aria-invalid', 'false');
    seedProblem.textContent = '';
  }

  #changed(): void {
    this.#mark();
    for (const listener of this.#listeners) listener();
  }

  /** The button indicates non-default options. */
  #mark(): void {
    const { options } = this;
    const others = Object.entries(defaultOptions).filter(([name, usual]) => options[name as keyof ProjectOptions] !== usual);
    this.#elements.button.textContent = others.length === 0 ? 'Options' : `Options (${others.length})`;
    this.#elements.reset.disabled = others.length === 0;
  }
}

/** A link or a file may contain unknown values. */
function choose(select: HTMLSelectElement, value: string, otherwise: string): void {
  select.value = value;
  if (select.value !== value) select.value = otherwise;
}
