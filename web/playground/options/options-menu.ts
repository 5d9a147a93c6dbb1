import type { ProjectOptions } from '../../project/project.js';
import { defaultOptions, largestSeed, parseSeed } from '../../project/project-options.js';

export interface OptionsElements {
  /** Of the button that opens the menu. */
  label: HTMLElement;
  /** Beside Run: an unusual clock or seed, which a click removes. */
  chip: HTMLButtonElement;
  /** In the status bar. */
  summary: HTMLElement;
  standard: HTMLSelectElement;
  optimisation: HTMLSelectElement;
  warnings: HTMLSelectElement;
  clock: HTMLSelectElement;
  seed: HTMLInputElement;
  seedProblem: HTMLElement;
  reset: HTMLButtonElement;
}

/** How the project is compiled and run: the fields of the menu "Options" and of the menu beside Run. */
export class OptionsMenu {
  readonly #elements: OptionsElements;
  readonly #listeners: (() => void)[] = [];
  #seed: number | null = null;

  constructor(elements: OptionsElements) {
    this.#elements = elements;
    const { chip, standard, optimisation, warnings, clock, seed, reset } = elements;
    this.#write(defaultOptions);
    for (const choice of [standard, optimisation, warnings, clock]) choice.addEventListener('change', () => this.#changed());
    seed.addEventListener('input', () => this.#readSeed());
    seed.addEventListener('blur', () => this.#showSeed());
    reset.addEventListener('click', () => {
      const { clock: usedClock, seed: usedSeed } = this.options;
      this.#write({ ...defaultOptions, clock: usedClock, seed: usedSeed });
      this.#changed();
    });
    chip.addEventListener('click', () => {
      this.#write({ ...this.options, clock: defaultOptions.clock, seed: defaultOptions.seed });
      this.#changed();
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

  /** What is not the default shows without the menu being opened. */
  #mark(): void {
    const { label, chip, summary, reset } = this.#elements;
    const { options } = this;
    const others = (['standard', 'optimisation', 'warnings'] as const).filter((name) => options[name] !== defaultOptions[name]);
    label.textContent = others.length === 0 ? 'Options' : `Options (${others.length})`;
    reset.disabled = others.length === 0;
    const pace = [
      ...(options.clock === 'real' ? [] : [options.clock]),
      ...(options.seed === null ? [] : [`seed ${options.seed}`]),
    ].join(' · ');
    chip.hidden = pace === '';
    chip.textContent = `${pace} ×`;
    chip.title = `Reset to the real clock and asyncio's own order`;
    summary.textContent = `${options.standard.toUpperCase()} · -O${options.optimisation}`;
  }
}

/** A link or a file may contain unknown values. */
function choose(select: HTMLSelectElement, value: string, otherwise: string): void {
  select.value = value;
  if (select.value !== value) select.value = otherwise;
}
