import type { FrameReply } from '../../protocol/program.js';
import type { SandboxFrame } from './program-client.js';
import { fromFrame } from '../../protocol/message-guards.js';

/** A frame with an opaque origin and no document yet. */
export function sandboxElement(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  // If the page is isolated: shared memory, for threads.
  if (crossOriginIsolated) frame.allow = 'cross-origin-isolated';
  frame.hidden = true;
  frame.title = 'C++ program';
  return frame;
}

/** Inserts the frame into the page and listens to it. */
export function connectFrame(frame: HTMLIFrameElement, parent: Element, onReply: (reply: FrameReply) => void): SandboxFrame {
  const listen = (event: MessageEvent<unknown>): void => {
    if (event.source !== frame.contentWindow) return;
    const reply = fromFrame(event.data);
    if (reply !== undefined) onReply(reply);
  };
  window.addEventListener('message', listen);
  parent.append(frame);
  return {
    post(request, transfer) {
      // An opaque origin cannot be named as a target.
      frame.contentWindow?.postMessage(request, '*', transfer);
    },
    remove() {
      window.removeEventListener('message', listen);
      frame.remove();
    },
  };
}
