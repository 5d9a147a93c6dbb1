import { EditorHost } from '../editor/editor-host.js';
import { ConsoleInput } from '../panels/console-input.js';
import { DiagnosticsView } from '../panels/diagnostics-view.js';
import { FilesView } from '../panels/files-view.js';
import { LoadStatus } from '../panels/load-status.js';
import { Tabs } from '../panels/tabs.js';
import type { Optimisation } from '../protocol/compile.js';
import type { PlaygroundAutomation } from './automation.js';
import { ConsolePanel } from './console-panel.js';
import { download } from './download.js';
import { element } from './elements.js';
import { Loading } from './loading.js';
import { Problems } from './problems.js';
import { createClients } from './real-clients.js';
import { RunController, type RunReport } from './run-controller.js';
import { RunPanel } from './run-panel.js';
import { SessionStore } from './session-store.js';
import { bindShortcuts, shortcutHint } from './shortcuts.js';
import { keepForOffline } from './service/offline.js';
import { SiteService } from './service/site-service.js';
import { StdinField } from './stdin-field.js';
import { Snippets } from './snippets.js';
import { ThreadsSwitch } from './threads-switch.js';
import { Watching, watchingPanels } from './watching.js';
import { afterFirstPaint } from './idle.js';
import { keepView, keptView } from './kept-view.js';
import { threadsAvailable } from '../program/threads-available.js';

const mainFile = 'main.cpp';

const problems = new Problems(element('problems', HTMLElement));
problems.watch(window);

const editor = new EditorHost(element('editor', HTMLElement), element('source', HTMLTextAreaElement), mainFile);
const store = new SessionStore(
  () => localStorage,
  (message) => problems.report(message),
);
const snippets = new Snippets(
  editor,
  store,
  element('example', HTMLSelectElement),
  element('reset', HTMLButtonElement),
);
addEventListener('pagehide', () => snippets.save());
addEventListener('visibilitychange', () => snippets.save());

const consolePanel = new ConsolePanel(element('console', HTMLElement));
const diagnosticsView = new DiagnosticsView(element('diagnostics', HTMLElement), {
  canGoTo: (file) => file === mainFile,
  goTo: (_file, range) => editor.goTo(range),
  apply: (fixIts) => editor.applyFixIts(fixIts),
});
const runButton = element('run', HTMLButtonElement);
const stopButton = element('stop', HTMLButtonElement);
const stdin = new StdinField(element('stdin', HTMLTextAreaElement));
const optimisation = element('optimisation', HTMLSelectElement);
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
  (diagnostics) => editor.showDiagnostics(diagnostics),
);

const { compiler, host, files } = createClients(document);
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
const loading = new Loading(compiler, host, (state) => status.show(state));
const controller = new RunController(loading, host, runPanel);

const watching = new Watching({
  ...watchingPanels(
    { timeline: element('timeline-view', HTMLElement), waits: element('waits-view', HTMLElement) },
    {
      canGoTo: (file) => file === mainFile,
      goTo: ({ line }) => editor.goTo({ startLine: line, startColumn: 1, endLine: line, endColumn: 1 }),
      save: (content) => download('trace.json', content),
    },
  ),
  ask: (message) => controller.watch(message),
  report: (message) => problems.report(message),
});
runPanel.onEvent((event) => watching.event(event));
const views = new Tabs(element('views', HTMLElement), keptView(), (view) => {
  keepView(view);
  watching.open(view);
});
watching.open(views.selected);

function run(): Promise<RunReport> {
  snippets.save();
  const ended = watching.started('real');
  const report = controller.run({
    files: { [mainFile]: editor.text },
    compile: { optimisation: optimisation.value as Optimisation, threads: threadsAvailable() },
    program: { args: [], stdin: stdin.text, trace: watching.traces },
  });
  void report.then(ended);
  void report.then(() => filesView.refresh());
  return report;
}


const service = new SiteService(window);
const reload = { label: 'Reload', apply: () => location.reload() };
service.watchForNewer(import.meta.url, () => {
  problems.report('A newer version of this page is there. Your text is saved.', reload);
});
const threadsLabel = element('threads', HTMLLabelElement);
if (threadsLabel.control instanceof HTMLInputElement) {
  const report = (message: string): void => problems.report(message);
  void new ThreadsSwitch(threadsLabel, threadsLabel.control, service.isolation(), report).show();
}

runButton.addEventListener('click', () => void run());
stopButton.addEventListener('click', () => controller.stop());
bindShortcuts(document, { run: () => runButton.click(), stop: () => stopButton.click() });
element('hint', HTMLElement).textContent = shortcutHint(navigator.userAgent);

element('clear', HTMLButtonElement).addEventListener('click', () => consolePanel.clear());
element('copy', HTMLButtonElement).addEventListener('click', () => {
  navigator.clipboard.writeText(consolePanel.text()).catch((error: unknown) => {
    problems.report(`The output could not be copied: ${String(error)}. Select it and copy it by keyboard.`);
  });
});

afterFirstPaint(() => {
  void loading.start();
  void keepForOffline(service, loading.load(), element('offline', HTMLElement));
  editor.upgrade(matchMedia('(prefers-color-scheme: dark)')).catch((error: unknown) => {
    problems.report(
      `The code editor could not be loaded (${String(error)}). The plain text area works as well; reload to try again.`,
      reload,
    );
  });
});

const automation: PlaygroundAutomation = {
  ready: () => loading.load(),
  getText: () => editor.text,
  setText: (text) => editor.setText(text),
  setStdin: (text) => {
    stdin.text = text;
  },
  setOptimisation: (level) => {
    optimisation.value = level;
  },
  run: (onOutput) => {
    const forget = onOutput === undefined ? undefined : runPanel.onOutput(onOutput);
    return run().finally(() => forget?.());
  },
  stop: () => stopButton.click(),
  consoleText: () => consolePanel.text(),
  showTrace: (batch) => watching.event(batch),
};
window.asyncioPlayground = automation;
