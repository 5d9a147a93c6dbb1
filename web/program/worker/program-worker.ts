/** Runs one program. Created anew for each run, and prepared in advance. */
import type { MainModuleCode, PageMessage, ProgramMessage, RunRequest, WorkerReply, WorkerRequest } from '../../protocol/program.js';
import { tellOfClose } from './closing.js';
import { ProgramClock } from './clock.js';
import { ConsoleOutput } from './console-output.js';
import type { EmscriptenFactory } from './emscripten.js';
import { EventLoop } from './event-loop.js';
import { FileArea } from './files/file-area.js';
import { HostImports } from './host-imports.js';
import { InFlight } from './in-flight.js';
import { Database } from './io/database.js';
import { createIo } from './io/io.js';
import { connector } from './net/connector.js';
import { fetcher } from './net/fetcher.js';
import { MainModule } from './main-module.js';
import { Pace } from './pace.js';
import { Poll } from './poll.js';
import { NOT_RUNNABLE, Program } from './program.js';
import { Servers } from './servers/servers.js';
import { connectStandardStreams, inputChanged, readsTerminal } from './standard-streams.js';
import { Threads } from './threads.js';
import { Watcher } from './watcher.js';

/** The random seed of the page's own net, unless the run has one. */
const NET_SEED = 1;

declare const self: DedicatedWorkerGlobalScope & { createAsyncioMain?: EmscriptenFactory };

const inFlight = new InFlight();
const clock = new ProgramClock();
const pace = new Pace(new EventLoop(), clock, inFlight);
let output: ConsoleOutput | undefined;
let netSeed = NET_SEED;
const database = new Database(inFlight);
const io = createIo(fetcher({ clock, inFlight, seed: () => netSeed }), connector(inFlight, database), inFlight);
const watcher = new Watcher(clock, () => {
  pace.wake();
});
const servers = new Servers();
const showProgress = (): void => {
  output?.flush();
  watcher.flush();
};
const host = new HostImports({
  clock,
  pace,
  watcher,
  beforeWait: showProgress,
  beforeLoopWaits: () => servers.flush(),
});
let preparing: { code: MainModuleCode; main: Promise<MainModule> } | undefined;

const NEEDS_REAL_CLOCK =
  'Real threads work only with the real clock. Select it, or turn real threads off.';

const CANNOT_WAIT =
  'Nothing was read: this browser cannot suspend a program until input arrives, which std::cin, scanf and getline need. ' +
  'Use co_await asyncio::read_line(), or give the input before the run.\n';

// The program's own functions may be further out than V8's usual ten calls.
Object.assign(Error, { stackTraceLimit: 50 });

self.onmessage = (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  switch (request.type) {
    case 'prepare':
      preparing = { code: request, main: prepare(request) };
      preparing.main.then(
        () => {
          reply({ type: 'prepared', lifeSign: URL.createObjectURL(new Blob([])) });
        },
        (error: unknown) => {
          reply({ type: 'failed', message: `The C++ runtime could not be started: ${String(error)}` });
        },
      );
      break;
    case 'run':
      void run(request);
      break;
  }
};

function reply(message: WorkerReply): void {
  self.postMessage(message);
}

function prepare({ mainModuleScript, mainModule }: MainModuleCode): Promise<MainModule> {
  importScripts(mainModuleScript);
  const factory = self.createAsyncioMain;
  if (factory === undefined) throw new Error('the main module has no factory');
  return MainModule.instantiate(factory, mainModule, host, io, (text) => {
    output?.write('stderr', new TextEncoder().encode(`${text}\n`));
  });
}

async function run({ module, options, port, files, filesPort }: RunRequest): Promise<void> {
  const send = (message: ProgramMessage, transfer: Transferable[] = []): void => {
    port.postMessage(message, transfer);
  };
  if (preparing === undefined) return;
  const { code } = preparing;
  const main = await preparing.main;
  output = new ConsoleOutput(port, () => main.runningTask());
  connectInput(main, options.stdin, output, send);
  io.files.connect(filesPort);
  database.attach(() => {
    send({ type: 'wants-database' });
  });
  const area = new FileArea(main.emscripten.FS, io.files, files);
  if (code.threadScript !== undefined && (options.clock ?? 'real') !== 'real') {
    send({ type: 'started' });
    send({ type: 'ended', outcome: { type: 'crash', exitCode: NOT_RUNNABLE, message: NEEDS_REAL_CLOCK } });
    return;
  }
  netSeed = options.seed ?? NET_SEED;
  watcher.connect(main, send, options, code.threadScript !== undefined);
  servers.connect(main, send, options.servers);
  const program = new Program({ main, host, pace, watcher, servers, output }, (loaded) => {
    send({ type: 'loaded' });
    if (code.threadScript === undefined) return;
    const threads = new Threads(main, code, loaded, send);
    host.connectThreads(() => threads.prepare());
  });
  port.onmessage = ({ data: message }: MessageEvent<PageMessage>) => {
    switch (message.type) {
      case 'interrupt':
        send({ type: 'interrupted' });
        watcher.continue();
        if (program.interrupt()) io.input.interrupt();
        break;
      case 'input':
        io.input.append(message.text);
        break;
      case 'end-of-input':
        io.input.end();
        break;
      case 'database':
        database.start(message.code);
        break;
      case 'no-database':
        database.fail(message.message);
        break;
      case 'trace':
      case 'await-graph':
      case 'pause':
      case 'step':
      case 'continue':
        watcher.hear(message);
        break;
      case 'watch-requests':
      case 'send-request':
      case 'cancel-request':
        servers.hear(message);
        break;
    }
  };
  tellOfClose(self, (closed) => {
    output?.end();
    send({ type: 'ended', outcome: closed, memoryBytes: main.memory.buffer.byteLength, tasks: watcher.tasks });
  });
  send({ type: 'started' });
  const outcome = await program.run(module, options);
  area.tellAll();
  await io.files.stored().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    output?.write('stderr', new TextEncoder().encode(`Not all files that the program wrote could be stored: ${reason}\n`));
  });
  send({ type: 'ended', outcome, memoryBytes: main.memory.buffer.byteLength, tasks: watcher.tasks });
}

function connectInput(
  { emscripten }: MainModule,
  stdin: string | null,
  console: ConsoleOutput,
  send: (message: ProgramMessage) => void,
): void {
  const { input } = io;
  connectStandardStreams(emscripten, console, input);
  input.connect(
    () => {
      // Shows the prompt before its input is requested.
      console.flush();
      send({ type: 'awaits-input' });
    },
    () => inputChanged(emscripten),
  );
  host.connectPoll(new Poll({ fileSystem: emscripten.FS, input, clock, pace }));
  if (stdin !== null) {
    input.append(stdin);
    input.end();
  }
  let told = false;
  host.connectInput({
    input,
    isReadBy: (fd) => readsTerminal(emscripten, fd),
    cannotWait() {
      if (!told) console.write('stderr', new TextEncoder().encode(CANNOT_WAIT));
      told = true;
    },
  });
}
