/** Runs threads of a program, one after another. Emscripten's JavaScript selects them (threads.ts). */
import type { Outcome, ThreadMessage } from '../../protocol/program.js';
import { tellOfClose } from './closing.js';
import { ProgramClock } from './clock.js';
import { outcomeOf } from './crash.js';
import type { EmscriptenFactory } from './emscripten.js';
import { EventLoop } from './event-loop.js';
import { HostImports } from './host-imports.js';
import { InFlight } from './in-flight.js';
import { MainModule } from './main-module.js';
import { Pace } from './pace.js';
import { loadIntoThread } from './side-module.js';
import type { ThreadSetup } from './threads.js';
import { Watcher } from './watcher.js';

declare const self: DedicatedWorkerGlobalScope & { createAsyncioMain?: EmscriptenFactory };

// A thread has no event-loop turns to wait in: it really blocks.
const clock = new ProgramClock();
const pace = new Pace(new EventLoop(), clock, new InFlight());
const watcher = new Watcher(clock, () => undefined);
const host = new HostImports({ clock, pace, watcher, beforeWait: () => undefined }, false);

self.onmessage = (event: MessageEvent<ThreadSetup>) => {
  start(event.data);
};

function start({ mainModuleScript, mainModule, program, port }: ThreadSetup): void {
  let main: MainModule | undefined;
  let beginThread: (() => void) | undefined;
  const end = (outcome: Outcome): void => {
    const message: ThreadMessage = { type: 'ended', outcome };
    port.postMessage(message);
  };

  tellOfClose(self, end);

  // Emscripten turns what a thread throws (a trap or an exit) into a rejection. Its own listener runs after this one.
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    end(outcomeOf(host.departure, event.reason, {
      stackOverflowed: main?.threadStackOverflowed ?? false,
      coroutines: () => main?.runningCoroutines() ?? '',
    }));
    flushStdio(main);
  });

  importScripts(mainModuleScript);
  const factory = self.createAsyncioMain;
  if (factory === undefined) throw new Error('the main module has no factory');
  // This name tells Emscripten's JavaScript that it runs in a thread worker.
  Object.defineProperty(self, 'name', { value: 'em-pthread' });
  MainModule.instantiateForThreads(factory, mainModule, host, (made) => {
    if (main === undefined) {
      main = made;
      // The page is notified of a crash from here; the first thread must not unwind because of it.
      made.emscripten.evaluate('__emscripten_thread_crashed = () => undefined');
    }
    beginThread ??= loadIntoThread(made, program);
    beginThread();
  });
}

/** Output without a newline is still in the program's own buffer until now. */
function flushStdio(main: MainModule | undefined): void {
  try {
    main?.exports.fflush(0);
  } catch (error) {
    // The crash may have corrupted the buffers themselves; the crash is what counts.
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  }
}
