/** Where an engine's parts are, apart from those that are in its own script. */
export interface Assets {
  /** The address of the folder with the compiler's files. */
  compiler: string;
  /** The address of the sandbox frame's document; where it is unset, or forbidden, the frame is given its text. */
  frame?: string;
  /** What compiled programs have to fit. */
  runtime: string;
}
