import { formatBytes } from '../../panels/format.js';
import type { Project, ProjectOptions } from '../../project/project.js';
import { defaultOptions as usual } from '../../project/project-options.js';

const words: { [Name in keyof ProjectOptions]: (value: ProjectOptions[Name]) => string } = {
  standard: (standard) => standard.replace('c', 'C'),
  optimisation: (level) => `-O${level}`,
  warnings: (warnings) => (warnings === 'error' ? 'warnings are errors' : 'few warnings'),
  clock: (clock) => `clock: ${clock}`,
  seed: (seed) => `seed ${seed ?? 'none'}`,
};

/** A one-line summary of a project: its files, their size, and non-default run options. */
export function contentsOf({ files, stdin, options }: Project): string {
  const lines = files.reduce((sum, { text }) => sum + lineCount(text), 0);
  const bytes = files.reduce((sum, { text }) => sum + new TextEncoder().encode(text).byteLength, 0);
  return [
    files.length === 1 ? '1 file' : `${files.length} files (${shortened(files.map(({ name }) => name))})`,
    lines === 1 ? '1 line' : `${lines} lines`,
    formatBytes(bytes),
    ...(stdin === '' ? [] : [`${formatBytes(new TextEncoder().encode(stdin).byteLength)} of input`]),
    ...unusual('standard'),
    ...unusual('optimisation'),
    ...unusual('warnings'),
    ...unusual('clock'),
    ...unusual('seed'),
  ].join(', ');

  function unusual<Name extends keyof ProjectOptions>(name: Name): string[] {
    return options[name] === usual[name] ? [] : [words[name](options[name])];
  }
}

function lineCount(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function shortened(names: string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown}, …` : shown;
}
