import { made } from './elements.js';

/** The page of an answer may not load or run anything. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** A page in a frame of an opaque origin: no script runs, nothing is loaded, and nothing leads away from it. */
export function htmlFrame(text: string): HTMLIFrameElement {
  const frame = made('iframe', 'answer-page');
  frame.setAttribute('sandbox', '');
  frame.setAttribute('referrerpolicy', 'no-referrer');
  frame.title = 'The answer as a page, without scripts';
  frame.srcdoc = harmless(text);
  return frame;
}

/** The sandbox and the policy forbid scripts, loading, forms and windows; a link could still take the frame elsewhere. */
function harmless(text: string): string {
  // A document that is parsed so runs and loads nothing.
  const page = new DOMParser().parseFromString(text, 'text/html');
  for (const active of page.querySelectorAll('script, meta[http-equiv], base, iframe, frame, object, embed')) active.remove();
  for (const link of page.querySelectorAll('*')) {
    for (const name of ['href', 'xlink:href', 'target', 'ping', 'action', 'formaction']) link.removeAttribute(name);
  }
  const rule = page.createElement('meta');
  rule.httpEquiv = 'Content-Security-Policy';
  rule.content = policy;
  page.head.prepend(rule);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}
