/** What could stand at a place of the source, as the compiler names it. */

/** A place in a file. Lines and columns count from 1; columns are UTF-16 code units. */
export interface SourcePlace {
  file: string;
  line: number;
  column: number;
}

export interface Parameter {
  /** As declared: `Delay delay`. */
  text: string;
  /** Has a default argument. */
  optional: boolean;
}

export interface Completion {
  /** What is typed: `gather`, `operator=`. */
  name: string;
  /** What it gives: a function's return type, a variable's type; absent for a type or a keyword. */
  type?: string;
  /** Function parameters or template parameters, in order; absent when it takes none. */
  parameters?: Parameter[];
  /** The whole declaration as people read it. */
  signature: string;
  /** What to insert, in the snippet syntax of editors: `sleep(${1:Delay delay})`. */
  insert: string;
}

/** The parameters of a call that is being written. */
export interface Signature {
  text: string;
  parameters: Parameter[];
  /** Which parameter is being written, from 0. */
  active: number;
}

/** What a list is asked for: a newer question replaces one of the same purpose only. */
export type CompletionPurpose = 'names' | 'parameters' | 'hover' | 'definition';

export interface CompletionList {
  completions: Completion[];
  signatures: Signature[];
  /** Behind a `.` or `->`: the class of what stands before it. */
  owner?: string;
}
