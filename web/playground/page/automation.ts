import type { Optimisation } from '../../protocol/compile.js';
import type { Clock, Stream } from '../../protocol/program.js';
import type { AwaitGraph, TraceBatch } from '../../protocol/trace.js';
import type { Project } from '../../project/project.js';
import type { RunReport } from '../../engine/run-controller.js';

/**
 * For tools that drive the page, such as `npm run snippet` and the tests: `window.asyncioPlayground`.
 * It presses the page's own buttons; nothing runs another way than for people.
 */
export interface PlaygroundAutomation {
  /** Resolves when the compiler is loaded and a program can start at once; rejects if loading failed. */
  ready(): Promise<void>;
  /** Of main.cpp. */
  getText(): string;
  setText(text: string): void;
  getProject(): Project;
  openProject(project: Project): void;
  /** All of standard input, any bytes as byte-text.ts has them; null: the console asks for it while the program runs. */
  setStdin(text: string | null): void;
  setOptimisation(level: Optimisation): void;
  setPace(clock: Clock, seed: number | null): void;
  /** As a click on Run; resolves when that run has ended. `onAwaitsInput`: the program waits for input that is not there. */
  run(onOutput?: (stream: Stream, text: string) => void, onAwaitsInput?: () => void): Promise<RunReport>;
  /** More of standard input for the program that runs. */
  input(text: string): void;
  endInput(): void;
  /** As a click on Stop. */
  stop(): void;
  /** What the console shows, as text. */
  consoleText(): string;
  /** Shows it in the timeline or in the waits, as if the program that runs, or ran last, had sent it. */
  showTrace(event: TraceBatch | AwaitGraph): void;
}

declare global {
  interface Window {
    asyncioPlayground?: PlaygroundAutomation;
  }
}
