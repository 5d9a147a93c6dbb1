import { opening, type Token } from './tokens.js';

/** What waits in its expression for the end of the coroutine it is given. */
export const WAITING = new Set(['co_await', 'run', 'run_until_complete']);

/** Whether the expression before `index` lasts as long as the coroutine that is made there, for it waits for its end. */
export function isWaitedFor(tokens: Token[], index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (WAITING.has(text)) return true;
    if (/^[;{}]$/.test(text)) return false;
    if (/^[)\]]$/.test(text)) at = opening(tokens, at);
  }
  return false;
}
