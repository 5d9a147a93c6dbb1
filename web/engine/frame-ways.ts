import type { FrameReply } from '../protocol/program.js';
import type { SandboxFrame } from '../program/page/program-client.js';
import { connectFrame, sandboxElement } from '../program/page/sandbox.js';

/** How a sandbox frame gets its document. */
export type FrameWay = (frame: HTMLIFrameElement) => void;

export interface FrameOpener {
  frame: SandboxFrame;
  /** Whether it is still in the page: the page may have removed its ancestors. */
  inPage(): boolean;
}

/** A loaded frame that stays silent this long was blocked, or shows an error page. */
const SILENT_MS = 1_500;

const FORBIDDEN =
  'the page blocks the sandbox frame in which programs run: the frame-src of its Content-Security-Policy has to allow the address of the element.';

/** Tries each way in turn until a frame answers. */
export function openFrame(ways: readonly FrameWay[], onReply: (reply: FrameReply) => void): FrameOpener {
  let element: HTMLIFrameElement | undefined;
  let current: SandboxFrame | undefined;
  let silent: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const tryNext = (rest: readonly FrameWay[]): void => {
    current?.remove();
    const [way, ...others] = rest;
    if (way === undefined) {
      onReply({ type: 'load-failed', message: FORBIDDEN });
      return;
    }
    element = sandboxElement();
    element.addEventListener('load', () => {
      if (!over) silent = setTimeout(() => tryNext(others), SILENT_MS);
    });
    way(element);
    // A page that replaces its body does not remove this element.
    current = connectFrame(element, document.documentElement, (reply) => {
      over = true;
      clearTimeout(silent);
      onReply(reply);
    });
  };
  tryNext(ways);
  return {
    frame: {
      post: (request, transfer) => current?.post(request, transfer),
      remove: () => {
        over = true;
        clearTimeout(silent);
        current?.remove();
      },
    },
    inPage: () => element?.isConnected === true,
  };
}
