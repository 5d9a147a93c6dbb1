import '../playground/automation.js';

declare global {
  /** What the command line tools add to the page they drive. */
  interface Window {
    snippetOutput(stream: 'stdout' | 'stderr', text: string): Promise<void>;
  }
}
