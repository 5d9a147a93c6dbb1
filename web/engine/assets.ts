/** The locations of an engine's parts, apart from those in its own script. */
export interface Assets {
  /** The URL of the folder with the compiler's files. */
  compiler: string;
  /** The URL of the sandbox frame's document; if unset or blocked, the frame is given its text instead. */
  frame?: string;
  /** The runtime that compiled programs must match. */
  runtime: string;
}
