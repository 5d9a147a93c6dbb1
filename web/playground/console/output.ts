import { DiagnosticsView } from '../../panels/diagnostics-view.js';
import { formatCount } from '../../panels/format.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import type { Editing } from '../editor/editing.js';
import { download } from '../page/download.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';
import { ConsolePanel } from './console-panel.js';

/** What the program prints, and what the compiler reports. */
export interface Output {
  readonly console: ConsolePanel;
  readonly diagnostics: DiagnosticsView;
}

/** On the tabs of the problems, and on the one of a phone that leads there. */
function countProblems(diagnostics: Diagnostic[]): void {
  for (const badge of document.querySelectorAll<HTMLElement>('.problem-count')) {
    badge.textContent = diagnostics.length === 0 ? '' : formatCount(diagnostics.length);
    badge.dataset['severity'] = diagnostics.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  }
  element('no-problems', HTMLElement).hidden = diagnostics.length > 0;
}

export function outputInPage({ editor, source }: Editing, problems: Problems): Output {
  return {
    console: new ConsolePanel(
      {
        text: element('console', HTMLElement),
        empty: element('console-empty', HTMLElement),
        toEnd: element('to-end', HTMLButtonElement),
        announcement: element('announcement', HTMLElement),
        filter: element('filter', HTMLInputElement),
        stream: element('filter-stream', HTMLSelectElement),
        count: element('filter-count', HTMLElement),
        times: element('times', HTMLButtonElement),
        tasks: element('tasks', HTMLButtonElement),
        copy: element('copy', HTMLButtonElement),
        save: element('save-output', HTMLButtonElement),
        clear: element('clear', HTMLButtonElement),
      },
      {
        ...source,
        report: (message) => problems.report(message),
        save: (output) => download('output.txt', new Blob([output as BlobPart], { type: 'text/plain' })),
      },
    ),
    diagnostics: new DiagnosticsView(element('diagnostics', HTMLElement), {
      canGoTo: (file) => source.canOpen(file),
      goTo: (file, range) => editor.goTo(file, range),
      apply: (fixIts) => editor.applyFixIts(fixIts),
      shown: countProblems,
    }),
  };
}
