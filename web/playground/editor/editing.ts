import { EditorHost } from '../../editor/editor-host.js';
import { FileTabs } from '../../editor/file-tabs.js';
import { NameDialog } from '../../editor/name-dialog.js';
import { OpenFiles } from '../../editor/open-files.js';
import type { SourceActions } from '../../panels/console-links.js';
import { sourceOptions } from '../../project/project-options.js';
import type { SourceOptions } from '../../protocol/compile.js';
import { threadsAvailable } from '../../engine/threads-available.js';
import { OptionsMenu } from '../options/options-menu.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';
import { StdinField } from '../run/stdin-field.js';
import { EditorWorkspace } from './editor-workspace.js';

/** The open project as the user edits it: its files in the editor, its standard input and its options. */
export interface Editing {
  readonly openFiles: OpenFiles;
  readonly editor: EditorHost;
  readonly stdin: StdinField;
  readonly options: OptionsMenu;
  readonly workspace: EditorWorkspace;
  /** Links of the console and of the timeline lead into the editor. */
  readonly source: SourceActions;
  /** The text of main.cpp. */
  mainText: string;
  /** What the compiler is given beside the files. */
  readonly sourceOptions: () => SourceOptions;
  /** Formats the text by clang-format; an error is reported. */
  readonly format: () => void;
}

export function editingInPage(problems: Problems): Editing {
  const openFiles = new OpenFiles('main.cpp');
  const editor = new EditorHost(element('editor', HTMLElement), element('source', HTMLTextAreaElement), openFiles);
  new FileTabs(
    {
      list: element('file-tabs', HTMLElement),
      add: element('add-file', HTMLButtonElement),
      closed: element('file-closed', HTMLElement),
    },
    openFiles,
    editor,
    new NameDialog(document.body),
  );
  const options = new OptionsMenu({
    label: element('options-label', HTMLElement),
    chip: element('pace-chip', HTMLButtonElement),
    summary: element('build-options', HTMLElement),
    standard: element('standard', HTMLSelectElement),
    optimisation: element('optimisation', HTMLSelectElement),
    warnings: element('warnings', HTMLSelectElement),
    clock: element('clock', HTMLSelectElement),
    seed: element('seed', HTMLInputElement),
    seedProblem: element('seed-problem', HTMLElement),
    reset: element('options-reset', HTMLButtonElement),
  });
  const stdin = new StdinField(element('stdin', HTMLTextAreaElement));
  const format = (): void => {
    editor.format().then(
      () => editor.focus(),
      (error: unknown) => problems.report(`The text could not be formatted: ${String(error)}`),
    );
  };
  element('format', HTMLButtonElement).addEventListener('click', format);
  editor.onCaret((line, column) => {
    element('caret', HTMLElement).textContent = `Line ${line}, column ${column}`;
  });
  return {
    openFiles,
    editor,
    stdin,
    options,
    workspace: new EditorWorkspace(openFiles, editor, stdin, options),
    source: {
      canOpen: (file) => openFiles.find(file) !== undefined,
      open: (file, line, column) =>
        editor.goTo(file, { startLine: line, startColumn: column, endLine: line, endColumn: column }),
    },
    get mainText() {
      return openFiles.documents[0]?.text ?? '';
    },
    set mainText(text) {
      const [main] = openFiles.documents;
      if (main !== undefined) openFiles.show(main);
      editor.setText(text);
    },
    sourceOptions: () => sourceOptions(options.options, threadsAvailable()),
    format,
  };
}
