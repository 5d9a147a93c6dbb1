/** Runs one program. Made anew for each run, and readied before it. */
import type { ProgramMessage, ProgramSignal, WorkerReply, WorkerRequest } from '../protocol/program.js';
import { ConsoleOutput } from './console-output.js';
import type { EmscriptenFactory } from './emscripten.js';
import { EventLoop } from './event-loop.js';
import { HostImports } from './host-imports.js';
import { createIo } from './io/io.js';
import { fetcher } from './net/fetcher.js';
import { MainModule } from './main-module.js';
import { Program } from './program.js';
import { connectStandardStreams } from './standard-streams.js';

declare const self: DedicatedWorkerGlobalScope & { createAsyncioMain?: EmscriptenFactory };

const loop = new EventLoop();
let output: ConsoleOutput | undefined;
const io = createIo(fetcher());
const host = new HostImports(loop, () => output?.flush());
let preparing: Promise<MainModule> | undefined;

self.onmessage = (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  switch (request.type) {
    case 'prepare':
      preparing = prepare(request);
      preparing.then(
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

function prepare(request: Extract<WorkerRequest, { type: 'prepare' }>): Promise<MainModule> {
  importScripts(request.mainModuleScript);
  const factory = self.createAsyncioMain;
  if (factory === undefined) throw new Error('the main module has no factory');
  return MainModule.instantiate(factory, request.mainModule, host, io, (text) => {
    output?.write('stderr', new TextEncoder().encode(`${text}\n`));
  });
}

async function run({ module, options, port }: Extract<WorkerRequest, { type: 'run' }>): Promise<void> {
  const send = (message: ProgramMessage): void => {
    port.postMessage(message);
  };
  const main = await preparing;
  if (main === undefined) return;
  output = new ConsoleOutput(port);
  connectStandardStreams(main.emscripten, output, options.stdin);
  const program = new Program(main, host, loop, output);
  port.onmessage = (event: MessageEvent<ProgramSignal>) => {
    if (event.data.type !== 'interrupt') return;
    send({ type: 'interrupted' });
    program.interrupt();
  };
  send({ type: 'started' });
  send({ type: 'ended', outcome: await program.run(module, options) });
}
