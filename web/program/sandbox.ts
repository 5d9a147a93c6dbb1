import type { FrameReply } from '../protocol/program.js';
import type { SandboxFrame } from './program-client.js';

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

/** Opens a frame of an opaque origin in the page that runs `script`. */
export function openSandboxFrame(script: string, onReply: (reply: FrameReply) => void): SandboxFrame {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  // Where the page is isolated: shared memory, for threads.
  if (crossOriginIsolated) frame.allow = 'cross-origin-isolated';
  frame.hidden = true;
  frame.title = 'C++ program';
  frame.srcdoc =
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>`;
  const listen = (event: MessageEvent<FrameReply>): void => {
    if (event.source === frame.contentWindow) onReply(event.data);
  };
  window.addEventListener('message', listen);
  document.body.append(frame);
  return {
    post(request, transfer) {
      // An opaque origin has no name to aim at.
      frame.contentWindow?.postMessage(request, '*', transfer);
    },
    remove() {
      window.removeEventListener('message', listen);
      frame.remove();
    },
  };
}
