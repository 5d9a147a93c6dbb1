/**
 * A program may talk to any server, as any page may. Scripts come from the frame itself; workers and
 * `eval` (which EM_JS needs) stay inside it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  // Of the schemes, * stands for http: and https: only, and not in every browser for WebSocket's.
  'connect-src * ws: wss: data: blob:',
].join('; ');

/** The text of a sandbox frame that runs `script`. */
export function sandboxDocument(script: string): string {
  return (
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>`
  );
}
