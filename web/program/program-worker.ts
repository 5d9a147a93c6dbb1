/** Runs one program. Made anew for each run, and readied before it. */
import type { MainModuleCode, PageMessage, ProgramMessage, RunRequest, WorkerReply, WorkerRequest } from '../protocol/program.js';
import { ConsoleOutput } from './console-output.js';
import type { EmscriptenFactory } from './emscripten.js';
import { EventLoop } from './event-loop.js';
import { FileArea } from './files/file-area.js';
import { HostImports } from './host-imports.js';
import { createIo } from './io/io.js';
import { connector } from './net/connector.js';
import { fetcher } from './net/fetcher.js';
import { MainModule } from './main-module.js';
import { Program } from './program.js';
import { connectStandardStreams, readsTerminal } from './standard-streams.js';
import { Threads } from './threads.js';

declare const self: DedicatedWorkerGlobalScope & { createAsyncioMain?: EmscriptenFactory };

const loop = new EventLoop();
let output: ConsoleOutput | undefined;
const io = createIo(fetcher(), connector);
const host = new HostImports(loop, () => output?.flush());
let preparing: { code: MainModuleCode; main: Promise<MainModule> } | undefined;

const CANNOT_WAIT =
  'Nothing was read: this browser cannot hold up a program until there is input, as std::cin, scanf and getline need. ' +
  'Use co_await asyncio::read_line(), or give the input before the run.\n';

self.onmessage = (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  switch (request.type) {
    case 'prepare':
      preparing = { code: request, main: prepare(request) };
      preparing.main.then(
        () => {
          reply({ type: 'prepared' });
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
  output = new ConsoleOutput(port);
  connectInput(main, options.stdin, output, send);
  io.files.connect(filesPort);
  const area = new FileArea(main.emscripten.FS, io.files, files);
  const program = new Program(main, host, loop, output, (loaded) => {
    if (code.threadScript === undefined) return;
    const threads = new Threads(main, code, loaded, send);
    host.connectThreads(() => threads.prepare());
  });
  port.onmessage = ({ data: message }: MessageEvent<PageMessage>) => {
    switch (message.type) {
      case 'interrupt':
        send({ type: 'interrupted' });
        if (program.interrupt()) io.input.interrupt();
        break;
      case 'input':
        io.input.append(message.text);
        break;
      case 'end-of-input':
        io.input.end();
        break;
      case 'trace':
      case 'await-graph':
      case 'pause':
      case 'step':
      case 'continue':
        break;
    }
  };
  send({ type: 'started' });
  const outcome = await program.run(module, options);
  area.tellAll();
  await io.files.stored().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    output?.write('stderr', new TextEncoder().encode(`What the program wrote to its files could not all be stored: ${reason}\n`));
  });
  send({ type: 'ended', outcome, memoryBytes: main.memory.buffer.byteLength });
}

function connectInput(
  { emscripten }: MainModule,
  stdin: string | null,
  console: ConsoleOutput,
  send: (message: ProgramMessage) => void,
): void {
  const { input } = io;
  connectStandardStreams(emscripten, console, input);
  input.connect(() => {
    // What asks for the input is to be seen before it is.
    console.flush();
    send({ type: 'awaits-input' });
  });
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
