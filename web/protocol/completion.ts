/** What the compiler suggests at a place in the source. */

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
  /** Its type: a function's return type, a variable's type; absent for a type or a keyword. */
  type?: string;
  /** Function parameters or template parameters, in order; absent when it takes none. */
  parameters?: Parameter[];
  /** The whole declaration, for display. */
  signature: string;
  /** What to insert, in the snippet syntax of editors: `sleep(${1:Delay delay})`. */
  insert: string;
}

/** The parameters of a call being written. */
export interface Signature {
  text: string;
  parameters: Parameter[];
  /** The parameter being written, from 0. */
  active: number;
}

/** The purpose of a request: a newer one replaces only one of the same purpose. */
export type CompletionPurpose = 'names' | 'parameters' | 'hover' | 'definition';

export interface CompletionList {
  completions: Completion[];
  signatures: Signature[];
  /** After a `.` or `->`: the class of the object before it. */
  owner?: string;
}
