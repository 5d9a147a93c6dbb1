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

/** The options that the compiler needs, both to compile and to check the source while it is edited. */
export function sourceOptions({ standard, warnings }: ProjectOptions, threads: boolean): SourceOptions {
  return { standard, warnings, threads };
}

/** Parses a seed as typed: null when empty, undefined when invalid. */
export function parseSeed(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const seed = Number(typed);
  return /^\d+$/.test(typed) && seed <= largestSeed ? seed : undefined;
}
