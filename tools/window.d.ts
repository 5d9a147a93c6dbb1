import '../web/playground/page/automation.js';

declare global {
  /** Functions that the command line tools add to the page they drive. */
  interface Window {
    snippetOutput(stream: 'stdout' | 'stderr', text: string): Promise<void>;
    /** The next part of standard input; null at its end. */
    snippetInput(): Promise<string | null>;
  }
}
