import { CompiledAhead } from '../../engine/compiled-ahead.js';
import { createEngine, type Engine } from '../../engine/engine.js';
import { PreparedFirst } from '../../engine/prepared/prepared-first.js';
import { RunController, type RunReport } from '../../engine/run-controller.js';
import { threadsAvailable } from '../../engine/threads-available.js';
import { createFileStore } from '../../files/file-store.js';
import { ConsoleInput } from '../../panels/console-input.js';
import { LoadStatus } from '../../panels/load-status.js';
import { shownDiagnostics } from '../../panels/shown-diagnostics.js';
import { countOf } from '../../protocol/diagnostic.js';
import type { Output } from '../console/output.js';
import { mayCompileAhead } from './may-compile-ahead.js';
import type { Editing } from '../editor/editing.js';
import { LiveCheck } from '../editor/live-check.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';
import { watchInPage } from '../watch/watch-page.js';
import { Awaited } from './awaited.js';
import { Loading } from './loading.js';
import { Orders } from './orders.js';
import { OrdersPanel } from './orders-panel.js';
import { assetsOf } from './page-assets.js';
import { findPreparedExample } from './prepared-examples.js';
import { RunPanel } from './run-panel.js';
import { storedFilesInPage } from './stored-files.js';

/** Compiles and runs the open project. */
export interface Running {
  readonly analysis: Engine['analysis'];
  readonly panel: RunPanel;
  readonly controller: RunController;
  readonly loading: Loading;
  readonly liveCheck: LiveCheck;
  readonly watching: ReturnType<typeof watchInPage>;
  /** Like a click on Run; resolves when the run has ended. */
  readonly run: () => Promise<RunReport>;
  readonly stop: () => void;
}

/** `checkpoint` is called before the text is compiled. */
export function runningInPage(editing: Editing, output: Output, problems: Problems, checkpoint: () => void): Running {
  const { openFiles, editor, options, stdin } = editing;
  // The snippets of one page share their files, as programs of one user do; a page of another site has its own.
  const files = createFileStore('playground', (message) => problems.report(message));
  const engine = createEngine({ assets: assetsOf(document), files });
  const host = engine.programs(threadsAvailable());
  const storedFiles = storedFilesInPage(files, problems);
  const liveCheck = liveCheckOf(engine, editing, output, () => {
    if (mayCompileAhead()) ahead.prepare(openFiles.texts, compileOptions());
  });
  const input = new ConsoleInput(
    {
      form: element('input', HTMLFormElement),
      line: element('input-line', HTMLInputElement),
      end: element('input-end', HTMLButtonElement),
    },
    {
      send: (text) => {
        panel.typed(text);
        controller.input(text);
      },
      end: () => {
        panel.inputEnded();
        controller.endInput();
      },
    },
  );
  const panel: RunPanel = new RunPanel(
    {
      run: element('run', HTMLButtonElement),
      phase: element('phase', HTMLElement),
    },
    output.console,
    input,
    output.diagnostics,
    (diagnostics) => {
      liveCheck.told();
      editor.showDiagnostics(diagnostics);
    },
  );
  panel.onPhase((phase) => (phase === 'compiling' ? liveCheck.compiling() : liveCheck.compiled()));
  const awaited = new Awaited((text) => {
    output.console.whenEmpty = text;
  });
  panel.onPhase((phase) => awaited.phase(phase));
  const status = new LoadStatus(element('compiler', HTMLElement), () => void loading.start());
  const loading: Loading = new Loading(engine.openCompiler(), host, (state) => {
    status.show(state);
    awaited.load(state);
  });
  const ahead = new CompiledAhead(loading);
  const compiler = new PreparedFirst(ahead, findPreparedExample(engine.prepared, document));
  const controller: RunController = new RunController(compiler, host, panel);
  const watching = watchInPage(editing, problems, panel, {
    ask: (message) => controller.watch(message),
    showFiles: () => storedFiles.refresh(),
    run: () => void run(),
  });
  output.console.onTasksShown((shown) => watching.nameTasks(shown));
  const compileOptions = () => ({ optimisation: options.options.optimisation, ...editing.sourceOptions() });

  const orders = new OrdersPanel({
    button: element('orders', HTMLButtonElement),
    onBusy: (busy) => panel.busy(busy),
    orders: new Orders(host),
    async compile() {
      checkpoint();
      const result = await compiler.compile(openFiles.texts, compileOptions());
      if (result.type === 'compiled') return { module: result.module, program: { args: [], stdin: stdin.text } };
      if (result.type === 'compile-error') panel.diagnostics(result.diagnostics, result.text);
      output.console.say('failure', result.type === 'failed' ? `Not run: ${result.message}` : 'Not run');
      return null;
    },
    clear: () => output.console.clear(),
    say: (voice, text) => output.console.say(voice, text),
    write: (stream, text) => output.console.write(stream, text),
    progress: (text) => {
      element('phase', HTMLElement).textContent = text;
    },
    useSeed: (seed) => {
      options.options = { ...options.options, clock: 'fast', seed };
    },
  });

  const run = (): Promise<RunReport> => {
    checkpoint();
    const { clock, seed } = options.options;
    const ended = watching.started(clock);
    const report = controller.run({
      files: openFiles.texts,
      compile: compileOptions(),
      program: { args: [], stdin: stdin.text, trace: watching.traces, servers: watching.servers, clock, seed },
    });
    void report.then(ended);
    void report.then(() => storedFiles.refresh());
    return report;
  };
  // What another snippet printed would be taken for this one's.
  openFiles.onChange((change) => {
    if (change !== 'opened') return;
    controller.replace();
    output.console.clear();
    element('phase', HTMLElement).textContent = '';
  });

  return {
    analysis: engine.analysis,
    panel,
    controller,
    loading,
    liveCheck,
    watching,
    run,
    stop: () => (orders.busy ? orders.stop() : controller.stop()),
  };
}

/** Diagnostics while the user types. */
/** `onSound`: what the user has written has no error. */
function liveCheckOf(engine: Engine, { openFiles, editor, workspace, sourceOptions }: Editing, output: Output, onSound: () => void): LiveCheck {
  let written = false;
  const liveCheck = new LiveCheck(engine.analysis, {
    files: () => openFiles.texts,
    options: sourceOptions,
    show: (diagnostics) => {
      editor.showDiagnostics(shownDiagnostics(diagnostics).shown);
      output.diagnostics.show(diagnostics);
      if (written && countOf(diagnostics, 'error') === 0) onSound();
    },
  });
  workspace.onChange(() => {
    written = true;
    liveCheck.changed();
  });
  openFiles.onChange((change) => {
    if (change === 'opened') {
      written = false;
      output.diagnostics.show([]);
    }
    liveCheck.changed();
  });
  return liveCheck;
}
