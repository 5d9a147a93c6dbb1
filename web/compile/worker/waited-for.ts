import { opening, type Token } from './tokens.js';

/** Keywords and functions that wait for the end of the coroutine they are given. */
export const WAITING = new Set(['co_await', 'run', 'run_until_complete']);

/** Whether the expression before `index` waits for the coroutine created there, and so outlives it. */
export function isWaitedFor(tokens: Token[], index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (WAITING.has(text)) return true;
    if (/^[;{}]$/.test(text)) return false;
    if (/^[)\]]$/.test(text)) at = opening(tokens, at);
  }
  return false;
}
