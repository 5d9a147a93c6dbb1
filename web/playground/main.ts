import { EditorHost } from '../editor/editor-host.js';
import { FileTabs } from '../editor/file-tabs.js';
import { ConsoleInput } from '../panels/console-input.js';
import { formatSource } from '../editor/format.js';
import type { LanguageService } from '../editor/language-service.js';
import { NameDialog } from '../editor/name-dialog.js';
import { OpenFiles } from '../editor/open-files.js';
import { DiagnosticsView } from '../panels/diagnostics-view.js';
import { FilesView } from '../panels/files-view.js';
import { LoadStatus } from '../panels/load-status.js';
import { shownDiagnostics } from '../panels/shown-diagnostics.js';
import { Tabs } from '../panels/tabs.js';
import type { PlaygroundAutomation } from './page/automation.js';
import { browserMemory } from './keep/browser-storage.js';
import { ConsolePanel } from './console/console-panel.js';
import { loadDeclarations } from './editor/declarations.js';
import { EditorWorkspace } from './editor/editor-workspace.js';
import { download } from './page/download.js';
import { element } from './page/elements.js';
import { Gallery } from './gallery/gallery.js';
import { keepInPage } from './keep/keep-page.js';
import { LiveCheck } from './editor/live-check.js';
import { Loading } from './run/loading.js';
import { OptionsMenu } from './options/options-menu.js';
import { Orders } from './run/orders.js';
import { OrdersPanel } from './run/orders-panel.js';
import { PaceBar } from './watch/pace-bar.js';
import { findPreparedExample } from './run/prepared-examples.js';
import { PreparedFirst } from '../engine/prepared/prepared-first.js';
import { Problems } from './page/problems.js';
import { sourceOptions } from '../project/project-options.js';
import { assetsOf } from './run/page-assets.js';
import { createEngine } from '../engine/engine.js';
import { createFileStore } from '../files/file-store.js';
import { RunController, type RunReport } from '../engine/run-controller.js';
import { RunPanel } from './run/run-panel.js';
import { bindShortcuts, shortcutHint } from './page/shortcuts.js';
import { keepForOffline } from './service/offline.js';
import { SiteService } from './service/site-service.js';
import { ShortcutsDialog } from './page/shortcuts-dialog.js';
import { StdinField } from './run/stdin-field.js';
import { bindThemeField, ThemeChoice } from './options/theme-choice.js';
import { ThreadsSwitch } from './options/threads-switch.js';
import { Watching, watchingPanels } from './watch/watching.js';
import { afterFirstPaint } from './page/idle.js';
import { keepView, keptView } from './watch/kept-view.js';
import { threadsAvailable } from '../engine/threads-available.js';

const mainFile = 'main.cpp';

const problems = new Problems(element('problems', HTMLElement));
problems.watch(window);

const openFiles = new OpenFiles(mainFile);
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
const format = (): void => {
  editor.format().then(
    () => editor.focus(),
    (error: unknown) => problems.report(`The text could not be laid out: ${String(error)}`),
  );
};
element('format', HTMLButtonElement).addEventListener('click', format);
const options = new OptionsMenu({
  button: element('options', HTMLButtonElement),
  menu: element('options-menu', HTMLElement),
  standard: element('standard', HTMLSelectElement),
  optimisation: element('optimisation', HTMLSelectElement),
  warnings: element('warnings', HTMLSelectElement),
  clock: element('clock', HTMLSelectElement),
  seed: element('seed', HTMLInputElement),
  seedProblem: element('seed-problem', HTMLElement),
  reset: element('options-reset', HTMLButtonElement),
});
const stdin = new StdinField(element('stdin', HTMLTextAreaElement));
const workspace = new EditorWorkspace(openFiles, editor, stdin, options);
const program = {
  get text() {
    return openFiles.documents[0]?.text ?? '';
  },
  set text(text) {
    const [document] = openFiles.documents;
    if (document !== undefined) openFiles.show(document);
    editor.setText(text);
  },
};
const consolePanel = new ConsolePanel(
  {
    text: element('console', HTMLElement),
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
    canOpen: (file) => openFiles.find(file) !== undefined,
    open: (file, line, column) =>
      editor.goTo(file, { startLine: line, startColumn: column, endLine: line, endColumn: column }),
    report: (message) => problems.report(message),
    save: (output) => download('output.txt', new Blob([output as BlobPart], { type: 'text/plain' })),
  },
);
const diagnosticsView = new DiagnosticsView(element('diagnostics', HTMLElement), {
  canGoTo: (file) => openFiles.find(file) !== undefined,
  goTo: (file, range) => editor.goTo(file, range),
  apply: (fixIts) => editor.applyFixIts(fixIts),
});
const runButton = element('run', HTMLButtonElement);
const stopButton = element('stop', HTMLButtonElement);
const consoleInput = new ConsoleInput(
  {
    form: element('input', HTMLFormElement),
    line: element('input-line', HTMLInputElement),
    end: element('input-end', HTMLButtonElement),
  },
  {
    send: (text) => {
      runPanel.typed(text);
      controller.input(text);
    },
    end: () => {
      runPanel.inputEnded();
      controller.endInput();
    },
  },
);
const runPanel: RunPanel = new RunPanel(
  {
    run: runButton,
    stop: stopButton,
    phase: element('phase', HTMLElement),
    consolePane: element('console-pane', HTMLElement),
  },
  consolePanel,
  consoleInput,
  diagnosticsView,
  (diagnostics) => {
    liveCheck.told();
    editor.showDiagnostics(diagnostics);
  },
);

/** Snippets of one page share their files, like programs of one user; a page on another site has its own area. */
const files = createFileStore('playground', (message) => problems.report(message));
const engine = createEngine({ assets: assetsOf(document), files });
const { analysis } = engine;
const host = engine.programs(threadsAvailable());
const filesView = new FilesView(element('files', HTMLDetailsElement), element('file-list', HTMLElement), {
  list: () => files.list(),
  remove: (path) => files.remove(path),
  download: (path) => {
    files.read(path).then(
      (content) => {
        if (content === undefined) filesView.refresh();
        else download(path.slice(path.lastIndexOf('/') + 1), content);
      },
      (error: unknown) => problems.report(`${path} could not be read: ${String(error)}`),
    );
  },
});
const status = new LoadStatus(element('compiler', HTMLElement), () => void loading.start());
const loading = new Loading(engine.openCompiler(), host, (state) => status.show(state));
const preparedFirst = new PreparedFirst(loading, findPreparedExample(engine.prepared, document));
const controller = new RunController(preparedFirst, host, runPanel);
const liveCheck: LiveCheck = new LiveCheck(analysis, {
  files: () => openFiles.texts,
  options: () => sourceOptions(options.options, threadsAvailable()),
  show: (diagnostics) => {
    editor.showDiagnostics(shownDiagnostics(diagnostics).shown);
    diagnosticsView.show(diagnostics);
  },
});
workspace.onChange(() => liveCheck.changed());
openFiles.onChange((change) => {
  if (change === 'opened') diagnosticsView.show([]);
  liveCheck.changed();
});

const watching = new Watching({
  ...watchingPanels(
    { timeline: element('timeline-view', HTMLElement), waits: element('waits-view', HTMLElement) },
    {
      canGoTo: (file) => openFiles.find(file) !== undefined,
      goTo: ({ file, line }) => editor.goTo(file, { startLine: line, startColumn: 1, endLine: line, endColumn: 1 }),
      save: (content) => download('trace.json', content),
    },
  ),
  ask: (message) => controller.watch(message),
  report: (message) => problems.report(message),
});
runPanel.onEvent((event) => watching.event(event));
const paceBar = new PaceBar(
  {
    bar: element('pace', HTMLElement),
    pause: element('pause', HTMLButtonElement),
    step: element('step', HTMLButtonElement),
    continue: element('continue', HTMLButtonElement),
    place: element('pace-place', HTMLElement),
  },
  (message) => controller.watch(message),
);
runPanel.onEvent((event) => paceBar.event(event));
runPanel.onPhase((phase) => {
  paceBar.phase(phase);
  if (phase === 'compiling') liveCheck.compiling();
  else liveCheck.compiled();
});
const views = new Tabs(element('views', HTMLElement), keptView(), (view) => {
  keepView(view);
  watching.open(view);
});
watching.open(views.selected);

/** A click may come before the stored snippets have been read. */
function checkpoint(): void {
  void keeping.then(({ open }) => open.checkpoint());
}

function run(): Promise<RunReport> {
  checkpoint();
  const { optimisation, clock, seed } = options.options;
  const ended = watching.started(clock);
  const report = controller.run({
    files: openFiles.texts,
    compile: { optimisation, ...sourceOptions(options.options, threadsAvailable()) },
    program: { args: [], stdin: stdin.text, trace: watching.traces, clock, seed },
  });
  void report.then(ended);
  void report.then(() => filesView.refresh());
  return report;
}

new OrdersPanel({
  button: element('orders', HTMLButtonElement),
  orders: new Orders(host),
  async compile() {
    checkpoint();
    const { optimisation } = options.options;
    const result = await preparedFirst.compile(openFiles.texts, {
      optimisation,
      ...sourceOptions(options.options, threadsAvailable()),
    });
    if (result.type === 'compiled') return { module: result.module, program: { args: [], stdin: stdin.text } };
    if (result.type === 'compile-error') runPanel.diagnostics(result.diagnostics, result.text);
    consolePanel.say('failure', result.type === 'failed' ? `Not run: ${result.message}` : 'Not run');
    return null;
  },
  clear: () => consolePanel.clear(),
  say: (voice, text) => consolePanel.say(voice, text),
  write: (stream, text) => consolePanel.write(stream, text),
  progress: (text) => {
    element('phase', HTMLElement).textContent = text;
  },
  useSeed: (seed) => {
    options.options = { ...options.options, clock: 'fast', seed };
  },
});

const service = new SiteService(window);
const reload = { label: 'Reload', apply: () => location.reload() };
service.watchForNewer(import.meta.url, () => {
  problems.report(`A newer version of this page is there. ${problems.whatOfTheText}`.trimEnd(), reload);
});
const threadsLabel = element('threads', HTMLLabelElement);
if (threadsLabel.control instanceof HTMLInputElement) {
  const report = (message: string): void => problems.report(message);
  void new ThreadsSwitch(threadsLabel, threadsLabel.control, service.isolation(), report).show();
}

const gallery = new Gallery(
  {
    button: element('gallery-button', HTMLButtonElement),
    toggle: element('python', HTMLButtonElement),
    pane: element('python-pane', HTMLElement),
  },
  {
    open: (name) => void keeping.then((opened) => opened.openExample(name)),
    problem: (message) => problems.report(message),
  },
);
const keeping = keepInPage(workspace, problems, () => editor.focus(), ({ example }) => gallery.opened(example?.name));
const keep = await keeping;
problems.textIsSaved = () => keep.saved;
gallery.followLink();

runButton.addEventListener('click', () => void run());
stopButton.addEventListener('click', () => controller.stop());
const shortcutsDialog = new ShortcutsDialog(
  element('shortcuts-dialog', HTMLDialogElement),
  element('shortcuts-list', HTMLElement),
  navigator.userAgent,
);
element('shortcuts', HTMLButtonElement).addEventListener('click', () => shortcutsDialog.open());
bindShortcuts(document, {
  run: () => runButton.click(),
  stop: () => stopButton.click(),
  stops: () => !stopButton.disabled,
  shortcuts: () => shortcutsDialog.open(),
});
const theme = new ThemeChoice(document.documentElement, matchMedia('(prefers-color-scheme: dark)'), browserMemory);
bindThemeField(element('theme', HTMLSelectElement), theme);
addEventListener('storage', (event) => theme.storeChanged(event.key));
element('hint', HTMLElement).textContent = shortcutHint(navigator.userAgent);

afterFirstPaint(() => {
  void loading.start().then(() => liveCheck.changed());
  void keepForOffline(service, loading.load(), element('offline', HTMLElement));
  const language: LanguageService = {
    complete: (place, purpose) =>
      analysis.complete(openFiles.texts, place, sourceOptions(options.options, threadsAvailable()), purpose),
    declarations: loadDeclarations,
    header: (name) => analysis.header(name),
    format: formatSource,
  };
  if (matchMedia('(hover: none) and (pointer: coarse) and (max-width: 760px)').matches) return editor.stayPlain();
  editor.upgrade(theme, language, format).catch((error: unknown) => {
    problems.report(
      `The code editor could not be loaded (${String(error)}). The plain text area works as well; reload to try again.`,
      reload,
    );
  });
});

const automation: PlaygroundAutomation = {
  ready: () => loading.load(),
  getText: () => program.text,
  setText: (text) => {
    program.text = text;
  },
  getProject: () => workspace.project,
  openProject: (project) => workspace.open(project),
  setStdin: (text) => {
    stdin.text = text;
  },
  setOptimisation: (optimisation) => {
    options.options = { ...options.options, optimisation };
  },
  setPace: (clock, seed) => {
    options.options = { ...options.options, clock, seed };
  },
  run: (onOutput = () => undefined, onAwaitsInput = () => undefined) => {
    const forget = [runPanel.onOutput(onOutput), runPanel.onAwaitsInput(onAwaitsInput)];
    return run().finally(() => {
      for (const one of forget) one();
    });
  },
  input: (text) => controller.input(text),
  endInput: () => controller.endInput(),
  stop: () => stopButton.click(),
  consoleText: () => consolePanel.text(),
  showTrace: (event) => watching.event(event),
};
window.asyncioPlayground = automation;
