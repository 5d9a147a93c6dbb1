import { diffArrays } from 'diff';
import type { Project, ProjectOptions } from '../../project/project.js';

export interface Line {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Lines as before, which are left out. */
export interface Gap {
  kind: 'gap';
  count: number;
}

export interface FileChange {
  name: string;
  kind: 'new' | 'gone' | 'changed';
  lines: (Line | Gap)[];
}

export interface Changes {
  files: FileChange[];
  /** A sentence for each option, and for the title. */
  others: string[];
  added: number;
  removed: number;
}

/** Lines as before that are shown around a change. */
const context = 3;
const patienceMs = 1_000;

const optionNames: Record<keyof ProjectOptions, string> = {
  standard: 'Standard',
  optimisation: 'Optimisation',
  warnings: 'Warnings',
  clock: 'Clock',
  seed: 'Seed',
};

/** Undefined where it would take too long. */
export function changesBetween(before: Project, after: Project, timeout = patienceMs): Changes | undefined {
  const [old, now] = [textsOf(before), textsOf(after)];
  const files: FileChange[] = [];
  for (const name of new Set([...now.keys(), ...old.keys()])) {
    const [from, to] = [old.get(name), now.get(name)];
    if (from === to) continue;
    const lines = compare(from ?? '', to ?? '', timeout);
    if (lines === undefined) return undefined;
    files.push({ name, kind: from === undefined ? 'new' : to === undefined ? 'gone' : 'changed', lines: withGaps(lines) });
  }
  const all = files.flatMap(({ lines }) => lines);
  const count = (kind: Line['kind']): number => all.filter((line) => line.kind === kind).length;
  return { files, others: othersOf(before, after), added: count('added'), removed: count('removed') };
}

/** The input is compared as the files are. */
function textsOf({ files, stdin }: Project): Map<string, string> {
  const texts = new Map(files.map(({ name, text }) => [name, text]));
  return stdin === '' ? texts : texts.set('Input', stdin);
}

function compare(before: string, after: string, timeout: number): Line[] | undefined {
  // The end of the last line is a difference only where one text lacks it.
  const ended = [before, after].every((text) => text === '' || text.endsWith('\n'));
  const linesOf = (text: string): string[] => (text === '' ? [] : (ended ? text.slice(0, -1) : text).split('\n'));
  return diffArrays(linesOf(before), linesOf(after), { timeout })?.flatMap(({ value, added, removed }) =>
    value.map((text): Line => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text })),
  );
}

function withGaps(lines: readonly Line[]): (Line | Gap)[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, at) => {
    if (kind !== 'same') near.fill(1, Math.max(0, at - context), at + context + 1);
  });
  const shown: (Line | Gap)[] = [];
  lines.forEach((line, at) => {
    const last = shown.at(-1);
    if (near[at] === 1) shown.push(line);
    else if (last?.kind === 'gap') last.count += 1;
    else shown.push({ kind: 'gap', count: 1 });
  });
  return shown;
}

function othersOf(before: Project, after: Project): string[] {
  const options = (Object.keys(optionNames) as (keyof ProjectOptions)[]).flatMap((name) => {
    const [from, to] = [before.options[name], after.options[name]];
    return from === to ? [] : [`${optionNames[name]}: ${from ?? 'none'} → ${to ?? 'none'}.`];
  });
  return before.title === after.title ? options : [`Title: “${before.title}” → “${after.title}”.`, ...options];
}
