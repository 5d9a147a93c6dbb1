import type { DatabaseCode } from '../../protocol/database.js';
import type { FileArea } from '../../protocol/files.js';
import type { FrameReply, FrameRequest, ProgramCode, ProgramOptions, RunEvent } from '../../protocol/program.js';
import type { OnOutput } from './output-reader.js';
import { Run } from './run.js';
import type { RunFrame, RunningProgram } from './run.js';

export interface SandboxFrame {
  post(request: FrameRequest, transfer: Transferable[]): void;
  /** Removes the frame, which terminates its workers. */
  remove(): void;
}

/** The files of one run, which the page stores. */
export interface RunFiles {
  readonly area: FileArea;
  /** Stores the changes that arrive on the port. */
  connect(port: MessagePort): void;
  /** Stops listening to the run. */
  close(): void;
}

export interface ProgramHostParts {
  /** The files that a run starts with; never rejects. With `keep`, what it writes is stored for later runs. */
  openFiles(keep: boolean): Promise<RunFiles>;
  /** Fetches what the frame needs; called again after a failure. */
  loadCode(): Promise<ProgramCode>;
  /** Fetches the page's database, for the first connection of a run. */
  loadDatabase(): Promise<DatabaseCode>;
  /** Creates a frame that reports to `onReply`. */
  openFrame(onReply: (reply: FrameReply) => void): SandboxFrame;
}

export interface ProgramHost {
  /** Resolves when a worker is ready for a program; rejects with a user-readable error. May be called again. */
  warm(): Promise<void>;
  run(
    module: Uint8Array,
    options: ProgramOptions,
    onOutput: OnOutput,
    onAwaitsInput?: () => void,
    onEvent?: (event: RunEvent) => void,
  ): RunningProgram;
  /** Ends every run and removes the frame; the next warm() or run() starts afresh. */
  close(): void;
}

export function createProgramHostFrom(parts: ProgramHostParts): ProgramHost {
  return new Host(parts);
}

const CLOSED = 'The program host was closed.';
const UNRESPONSIVE = 'The program did not start: the browser terminated the program host, or is too busy. Click Run to try again.';

class Host implements ProgramHost {
  readonly #parts: ProgramHostParts;
  readonly #runs = new Map<number, Run>();
  #frame: SandboxFrame | undefined;
  #warming: Promise<void> | undefined;
  #warmed: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #nextId = 1;

  constructor(parts: ProgramHostParts) {
    this.#parts = parts;
  }

  warm(): Promise<void> {
    if (this.#warming !== undefined) return this.#warming;
    const warming = this.#load().catch((error: unknown) => {
      // It may have been closed, and another one started.
      if (this.#warming === warming) this.#close(error instanceof Error ? error.message : String(error));
      throw error;
    });
    this.#warming = warming;
    return warming;
  }

  run(
    module: Uint8Array,
    options: ProgramOptions,
    onOutput: OnOutput,
    onAwaitsInput?: () => void,
    onEvent?: (event: RunEvent) => void,
  ): RunningProgram {
    const id = this.#nextId++;
    let files: RunFiles | undefined;
    const frame: RunFrame = {
      loadDatabase: () => this.#parts.loadDatabase(),
      terminateWorker: () => this.#frame?.post({ type: 'terminate', id }, []),
      // The next run gets a new frame, unless this one still has other runs.
      unresponsive: () => {
        if (this.#runs.size === 1) this.#close(UNRESPONSIVE);
        else run.fail(UNRESPONSIVE);
      },
      settled: () => {
        this.#runs.delete(id);
        this.#frame?.post({ type: 'terminate', id }, []);
        files?.close();
      },
    };
    const run = new Run(onOutput, frame, onAwaitsInput, onEvent);
    this.#runs.set(id, run);
    Promise.all([this.#parts.openFiles(options.keepFiles !== false), this.warm()]).then(
      ([opened]) => {
        const port = run.start();
        if (port === undefined) return;
        files = opened;
        const { port1, port2 } = new MessageChannel();
        files.connect(port1);
        const request = { id, type: 'run', module, options, port, files: files.area, filesPort: port2 } as const;
        this.#frame?.post(request, [port, port2]);
      },
      (error: unknown) => {
        run.fail(error instanceof Error ? error.message : String(error));
      },
    );
    return run;
  }

  close(): void {
    this.#close(CLOSED);
    this.#warmed?.reject(new Error(CLOSED));
  }

  async #load(): Promise<void> {
    const code = this.#parts.loadCode();
    const ready = new Promise<void>((resolve) => {
      this.#frame = this.#parts.openFrame((reply) => {
        if (reply.type === 'ready') resolve();
        else this.#receive(reply);
      });
    });
    const warmed = new Promise<void>((resolve, reject) => {
      this.#warmed = { resolve, reject };
    });
    // Opening the files is slow only the first time.
    const [loaded] = await Promise.all([code, Promise.race([ready, warmed]), this.#parts.openFiles(true)]);
    this.#frame?.post({ type: 'load', code: loaded }, [loaded.mainModule]);
    await warmed;
  }

  #receive(reply: Exclude<FrameReply, { type: 'ready' }>): void {
    switch (reply.type) {
      case 'warm':
        this.#warmed?.resolve();
        break;
      case 'load-failed':
        this.#warmed?.reject(new Error(reply.message));
        break;
      case 'worker-failed':
        this.#runs.get(reply.id)?.fail(reply.message);
        break;
    }
  }

  /** After a failure the next warm() starts afresh. */
  #close(message: string): void {
    this.#frame?.remove();
    this.#frame = undefined;
    this.#warming = undefined;
    for (const run of this.#runs.values()) run.fail(message);
  }
}
