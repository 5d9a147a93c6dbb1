/**
 * A program may connect to any server, as any page may. Scripts come only from the frame itself; workers and `eval`
 * (which EM_JS needs) stay inside it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  // The * covers only the schemes http: and https:, and not in every browser WebSocket's.
  'connect-src * ws: wss: data: blob:',
].join('; ');

/** The document text of a sandbox frame that runs `script`. */
export function sandboxDocument(script: string): string {
  return (
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>`
  );
}
