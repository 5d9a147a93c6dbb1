import type { SourceOptions } from '../protocol/compile.js';
import type { ProjectOptions } from './project.js';

export const defaultOptions: Readonly<ProjectOptions> = {
  standard: 'c++23',
  optimisation: '0',
  warnings: 'all',
  clock: 'real',
  seed: null,
};

export const largestSeed = 4_294_967_295;

/** What the compiler needs to know of them, be it to compile or to check what is written. */
export function sourceOptions({ standard, warnings }: ProjectOptions, threads: boolean): SourceOptions {
  return { standard, warnings, threads };
}

/** A seed as it is typed: empty for none; undefined where it is no seed. */
export function parseSeed(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const seed = Number(typed);
  return /^\d+$/.test(typed) && seed <= largestSeed ? seed : undefined;
}
