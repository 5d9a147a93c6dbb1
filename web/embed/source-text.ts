import type { Settings } from './attributes.js';
import { SnippetError } from '../engine/prepared/snippet-text.js';

export interface FoundText {
  text: string;
  /** Whether the page itself defines the program: only then may it run automatically. */
  own: boolean;
  /** The element elsewhere in the page that contains the text, which is shown here instead. */
  holder?: HTMLElement;
}

/** The program's text: fetched, from the referenced element, or its own. Rejects with a SnippetError. */
export async function findText(element: HTMLElement, { src, for: selector }: Settings, signal: AbortSignal): Promise<FoundText> {
  if (src !== undefined) return { text: await fetchText(src, signal), own: src.origin === location.origin };
  await contentsOf(element, signal);
  if (selector === undefined) return { text: element.textContent, own: true };
  const holder = (element.getRootNode() as Document | ShadowRoot).querySelector(selector);
  if (!(holder instanceof HTMLElement)) throw new SnippetError(`Its “for” names “${selector}”, but this page has no such element.`);
  return { text: holder instanceof HTMLTextAreaElement ? holder.value : holder.textContent, own: true, holder };
}

async function fetchText(src: URL, signal: AbortSignal): Promise<string> {
  let response: Response;
  try {
    response = await fetch(src, { signal });
  } catch (cause) {
    throw new SnippetError(`The program could not be fetched (${src.href}): check the network connection.`, { cause });
  }
  if (!response.ok) throw new SnippetError(`The program could not be fetched: the server answered ${response.status} for ${src.href}.`);
  return response.text();
}

/** While the page is still being parsed, the element may exist before its text. */
async function contentsOf({ ownerDocument }: HTMLElement, signal: AbortSignal): Promise<void> {
  if (ownerDocument.readyState !== 'loading') return;
  await new Promise((resolve) => ownerDocument.addEventListener('DOMContentLoaded', resolve, { once: true, signal }));
}
