import type { Changes, FileChange, Gap, Line } from './changes.js';
import { make } from './dom.js';

/** More lines of a file are not shown. */
const mostLines = 4_000;

/** The lines that changed, by file. */
export function changesView({ files, others }: Changes): HTMLElement[] {
  return [...others.map((text) => make('p', 'diff-other', text)), ...files.flatMap((file) => [heading(file), linesOf(file)])];
}

/** Such as `3 lines added, 1 removed`. */
export function summaryOf({ added, removed, others }: Changes): string {
  const lines = (count: number): string => `${count} ${count === 1 ? 'line' : 'lines'}`;
  const parts = [
    ...(added > 0 ? [`${lines(added)} added`] : []),
    ...(removed > 0 ? [`${added > 0 ? removed : lines(removed)} removed`] : []),
  ];
  if (parts.length > 0) return `${parts.join(', ')}.`;
  return others.length > 0 ? 'No line is different.' : 'Nothing is different.';
}

function heading({ name, kind }: FileChange): HTMLElement {
  return make('h3', '', kind === 'changed' ? name : `${name} (${kind})`);
}

function linesOf({ name, lines }: FileChange): HTMLElement {
  const code = make('code', '', ...lines.slice(0, mostLines).map(lineOf));
  if (lines.length > mostLines) code.append(make('span', 'diff-gap', `… ${lines.length - mostLines} more lines, not shown`));
  const pre = make('pre', 'diff', code);
  pre.tabIndex = 0;
  pre.setAttribute('role', 'region');
  pre.setAttribute('aria-label', `Changes of ${name}`);
  return pre;
}

function lineOf(line: Line | Gap): HTMLElement {
  switch (line.kind) {
    case 'gap':
      return make('span', 'diff-gap', line.count === 1 ? '… 1 line as before' : `… ${line.count} lines as before`);
    case 'added':
      return make('ins', '', `+ ${line.text}\n`);
    case 'removed':
      return make('del', '', `− ${line.text}\n`);
    case 'same':
      return make('span', '', `  ${line.text}\n`);
  }
}
