import { nameProblem } from './file-names.js';
import type { Project, ProjectOptions, SourceFile } from './project.js';
import { defaultOptions, largestSeed } from './project-options.js';

export const mainFile = 'main.cpp';

const maxTitleLength = 200;
const maxFiles = 200;

const choices = {
  standard: ['c++23', 'c++26'],
  optimisation: ['0', '1', '2'],
  warnings: ['all', 'default', 'error'],
  clock: ['real', 'fast', 'slow', 'paused'],
} as const satisfies { [Name in Exclude<keyof ProjectOptions, 'seed'>]: readonly ProjectOptions[Name][] };

export function newProject(title: string, text: string): Project {
  return { title, files: [{ name: mainFile, text }], stdin: '', options: { ...defaultOptions } };
}

/** A value is not a project; the message is a clause that ends a sentence. */
export class NoProject extends Error {}

/**
 * Validates a value from storage, a link or a file: takes the project's members and drops all others. Missing members
 * get their defaults, so that projects saved by an older page can be read.
 */
export function readProject(value: unknown): Project {
  const { title, files, stdin, options } = record(value, 'it is not an object');
  if (title !== undefined && typeof title !== 'string') throw new NoProject('its title is not text');
  if (stdin !== undefined && typeof stdin !== 'string') throw new NoProject('its input is not text');
  return {
    title: readTitle(title ?? ''),
    files: readFiles(files),
    stdin: stdin ?? '',
    options: readOptions(options === undefined ? {} : record(options, 'its options are not an object')),
  };
}

/** Reduced to one line of a length that can be displayed. */
export function readTitle(title: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it replaces
  const line = title.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return [...line].slice(0, maxTitleLength).join('') || 'Untitled';
}

function readFiles(value: unknown): SourceFile[] {
  if (!Array.isArray(value) || value.length === 0) throw new NoProject('it has no files');
  if (value.length > maxFiles) throw new NoProject(`it has more than ${maxFiles} files`);
  const names: string[] = [];
  const files = value.map((file: unknown): SourceFile => {
    const { name, text } = record(file, 'one of its files is not an object');
    if (typeof name !== 'string' || typeof text !== 'string') throw new NoProject('one of its files is not text');
    if (nameProblem(name, names) !== undefined) throw new NoProject(`one of its files has the invalid name “${name.slice(0, 60)}”`);
    names.push(name);
    return { name, text };
  });
  if (files[0]?.name !== mainFile) throw new NoProject(`its first file is not ${mainFile}`);
  return files;
}

function readOptions(given: Record<string, unknown>): ProjectOptions {
  const { seed = null } = given;
  if (seed !== null && !(typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= largestSeed)) {
    throw new NoProject('its seed is not valid');
  }
  return {
    standard: choice(given, 'standard'),
    optimisation: choice(given, 'optimisation'),
    warnings: choice(given, 'warnings'),
    clock: choice(given, 'clock'),
    seed,
  };
}

function choice<Name extends keyof typeof choices>(
  given: Record<string, unknown>,
  name: Name,
): (typeof choices)[Name][number] {
  const all: readonly (typeof choices)[Name][number][] = choices[name];
  const value = given[name] ?? defaultOptions[name];
  const found = all.find((known) => known === value);
  if (found === undefined) throw new NoProject(`its ${name} is unknown to this page`);
  return found;
}

function record(value: unknown, otherwise: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NoProject(otherwise);
  return value as Record<string, unknown>;
}
