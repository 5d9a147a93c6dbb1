import type { Optimisation } from '../protocol/compile.js';

/** What a user writes: the content of a saved snippet, a share link or a file on disk. */
export interface Project {
  title: string;
  /** In the order of their tabs. The first is main.cpp, which is compiled; it can include the others. */
  files: SourceFile[];
  /** All of standard input; if it is empty, the console asks for input. */
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
  /** How the program's time passes: in real time, by jumps to the next timer, ten times slower, or turn by turn. */
  clock: 'real' | 'fast' | 'slow' | 'paused';
  /** Shuffles what asyncio leaves unordered; null keeps asyncio's order. */
  seed: number | null;
}

/** The open project: the editor's text, tabs and options. */
export interface Workspace {
  /** The current state. */
  readonly project: Project;
  open(project: Project): void;
  /** Replaces the content as one edit, which Undo reverts where the editor supports it. */
  replace(project: Project): void;
  /** Called after each edit of text, files, input or options; not after `open`. */
  onChange(listener: () => void): void;
}
