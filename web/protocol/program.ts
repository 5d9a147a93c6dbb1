/** Messages between the page, the sandbox frame and the program worker. */

/** How a run ended. A run that was never compiled has no outcome of its own. */
export type Outcome =
  | { type: 'complete'; exitCode: number }
  /** An uncaught exception, an abort, a trap, memory or stack exhausted. */
  | { type: 'crash'; exitCode: number; message: string }
  /** Ended by Stop: `forced` when the worker was terminated without an answer. */
  | { type: 'stopped'; forced: boolean }
  | { type: 'timeout' };

export type Stream = 'stdout' | 'stderr';

export interface ProgramOptions {
  args: string[];
  /** All of standard input, known before the run. */
  stdin: string;
}

/** To the sandbox frame, and by it to the program worker. */
export type ProgramRequest =
  | { type: 'run'; id: number; module: Uint8Array; options: ProgramOptions; output: MessagePort }
  /** SIGINT: the main task is cancelled; the worker answers `interrupted` when it has heard it. */
  | { type: 'interrupt'; id: number }
  | { type: 'terminate'; id: number };

/** Over the output port, straight to the page, in the order things happened. */
export type ProgramOutput =
  | { type: 'started'; id: number }
  | { type: 'output'; id: number; stream: Stream; text: string }
  | { type: 'interrupted'; id: number }
  | { type: 'ended'; id: number; outcome: Outcome };
