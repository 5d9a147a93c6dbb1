import type { AnalysisReply, CompileReply } from '../../protocol/compile.js';

export interface WorkerEvents {
  onReply(reply: CompileReply | AnalysisReply): void;
  onFailure(message: string): void;
}

/** Forwards the messages and failures of a compile worker to `events`. */
export function listenTo(worker: Worker, events: WorkerEvents): Worker {
  worker.addEventListener('message', ({ data }: MessageEvent<CompileReply | AnalysisReply>) => {
    events.onReply(data);
  });
  worker.addEventListener('error', ({ message }) => {
    events.onFailure(message ? `The compiler's worker failed: ${message}` : "The compiler's worker could not be started.");
  });
  worker.addEventListener('messageerror', () => {
    events.onFailure('A message from the compiler could not be read.');
  });
  return worker;
}
