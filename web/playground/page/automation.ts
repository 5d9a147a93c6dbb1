import type { Optimisation } from '../../protocol/compile.js';
import type { Clock, Stream } from '../../protocol/program.js';
import type { ServerNews } from '../../protocol/servers.js';
import type { AwaitGraph, TraceBatch } from '../../protocol/trace.js';
import type { Project } from '../../project/project.js';
import type { RunReport } from '../../engine/run-controller.js';

/**
 * For tools that drive the page, such as `npm run snippet` and the tests: `window.asyncioPlayground`. It uses the page's
 * own buttons, so everything runs as for a user.
 */
export interface PlaygroundAutomation {
  /** Resolves when the compiler is loaded and a program can start immediately; rejects if loading failed. */
  ready(): Promise<void>;
  /** The text of main.cpp. */
  getText(): string;
  setText(text: string): void;
  getProject(): Project;
  openProject(project: Project): void;
  /** All of standard input, bytes encoded as in byte-text.ts; null: the console asks for it while the program runs. */
  setStdin(text: string | null): void;
  setOptimisation(level: Optimisation): void;
  setPace(clock: Clock, seed: number | null): void;
  /** Like a click on Run; resolves when the run has ended. `onAwaitsInput`: the program waits for missing input. */
  run(onOutput?: (stream: Stream, text: string) => void, onAwaitsInput?: () => void): Promise<RunReport>;
  /** More standard input for the running program. */
  input(text: string): void;
  endInput(): void;
  /** Like a click on Stop. */
  stop(): void;
  /** What the console shows, as text. */
  consoleText(): string;
  /** Shows it in the views of the run, as if the current or last program had sent it. */
  showTrace(event: TraceBatch | AwaitGraph | ServerNews): void;
}

declare global {
  interface Window {
    asyncioPlayground?: PlaygroundAutomation;
  }
}
