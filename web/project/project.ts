import type { Optimisation } from '../protocol/compile.js';

/** What people write here: all that a saved snippet, a share link and a file on disk hold. */
export interface Project {
  title: string;
  /** In the order of their tabs. The first is main.cpp, which is compiled; it can include the others. */
  files: SourceFile[];
  /** All of standard input; left empty, the console asks for it. */
  stdin: string;
  options: ProjectOptions;
}

export interface SourceFile {
  /** As `#include "…"` names it. */
  name: string;
  text: string;
}

export interface ProjectOptions {
  standard: 'c++23' | 'c++26';
  optimisation: Optimisation;
  /** `all` is -Wall -Wextra. */
  warnings: 'default' | 'all' | 'error';
  /** How the program's time passes: as it does, by leaps to the next timer, ten times slower, or turn by turn. */
  clock: 'real' | 'fast' | 'slow' | 'paused';
  /** Shuffles what asyncio leaves unordered; null keeps asyncio's order. */
  seed: number | null;
}

/** The project that is open: the editor's text, tabs and options. */
export interface Workspace {
  /** As it is at this moment. */
  readonly project: Project;
  open(project: Project): void;
  /** As one edit, which Undo takes back where the editor can. */
  replace(project: Project): void;
  /** After each edit of text, files, input or options; not after `open`. */
  onChange(listener: () => void): void;
}
