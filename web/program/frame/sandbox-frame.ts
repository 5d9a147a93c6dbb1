/**
 * Runs inside the sandbox frame, whose opaque origin denies a program access to the page. Keeps one worker ready and
 * gives each run a new one.
 */
import type {
  FrameReply,
  FrameRequest,
  MainModuleCode,
  ProgramCode,
  WorkerRequest,
} from '../../protocol/program.js';
import { fromWorker } from '../../protocol/message-guards.js';
import { WorkerLife } from './worker-life.js';

/** A new worker is prepared when a run ends, or this long after it started, so as not to slow down its first output. */
const REWARM_MS = 300;

const GONE =
  "The program's worker has ended: the browser terminated it, usually for lack of memory, or the program did.";

class WorkerPool {
  readonly #scriptUrl: string;
  readonly #code: MainModuleCode;
  readonly #running = new Map<number, WorkerLife>();
  #spare: { worker: Worker; life: WorkerLife } | undefined;

  constructor(code: ProgramCode, mainModule: WebAssembly.Module) {
    this.#scriptUrl = scriptUrl(code.workerScript);
    this.#code = { mainModuleScript: scriptUrl(code.mainModuleScript), mainModule };
    if (code.threadScript !== undefined) this.#code.threadScript = scriptUrl(code.threadScript);
  }

  warm(): void {
    this.#spare ??= this.#prepare();
  }

  run(request: Extract<FrameRequest, { type: 'run' }>): void {
    const { id, ...rest } = request;
    const { worker, life } = this.#spare ?? this.#prepare();
    this.#spare = undefined;
    this.#running.set(id, life);
    worker.onerror = (event) => {
      this.#fail(id, event.message);
    };
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const heard = fromWorker(data);
      if (heard?.type === 'failed') this.#fail(id, heard.message);
      else if (heard?.type === 'prepared') life.lifeSign = heard.lifeSign;
    };
    void life.watch(() => this.#fail(id, GONE));
    send(worker, rest, [rest.port, rest.filesPort]);
    setTimeout(() => {
      this.warm();
    }, REWARM_MS);
  }

  terminate(id: number): void {
    this.#running.get(id)?.end();
    this.#running.delete(id);
    this.warm();
  }

  #prepare(): { worker: Worker; life: WorkerLife } {
    const worker = new Worker(this.#scriptUrl);
    const life = new WorkerLife(worker);
    const fail = (message: string): void => {
      if (this.#spare?.worker === worker) this.#spare = undefined;
      worker.terminate();
      reply({ type: 'load-failed', message });
    };
    worker.onerror = (event) => {
      fail(event.message);
    };
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const heard = fromWorker(data);
      if (heard?.type === 'failed') fail(heard.message);
      else if (heard?.type === 'prepared') {
        life.lifeSign = heard.lifeSign;
        reply({ type: 'warm' });
      }
    };
    send(worker, { type: 'prepare', ...this.#code }, []);
    return { worker, life };
  }

  #fail(id: number, message: string): void {
    this.terminate(id);
    reply({ type: 'worker-failed', id, message });
  }
}

let pool: WorkerPool | undefined;

// Framed without `sandbox`, this page would run any program sent to it in its site's origin.
if (self.origin !== 'null') throw new Error('This page runs programs in a frame with the attribute sandbox="allow-scripts" only.');

addEventListener('message', (event: MessageEvent<FrameRequest>) => {
  if (event.source !== parent) return;
  const request = event.data;
  switch (request.type) {
    case 'load':
      load(request.code).catch((error: unknown) => {
        reply({ type: 'load-failed', message: `The C++ runtime could not be loaded: ${String(error)}` });
      });
      break;
    case 'run':
      pool?.run(request);
      break;
    case 'terminate':
      pool?.terminate(request.id);
      break;
  }
});
reply({ type: 'ready' });

async function load(code: ProgramCode): Promise<void> {
  if (code.threadScript !== undefined && !crossOriginIsolated) {
    throw new Error('this browser gives the sandbox no shared memory, which real threads need. Turn them off in the page');
  }
  pool = new WorkerPool(code, await WebAssembly.compile(code.mainModule));
  pool.warm();
}

function send(worker: Worker, message: WorkerRequest, transfer: Transferable[]): void {
  worker.postMessage(message, transfer);
}

function reply(message: FrameReply): void {
  // The page's origin is not known here; replies contain nothing secret.
  parent.postMessage(message, '*');
}

function scriptUrl(text: string): string {
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}
