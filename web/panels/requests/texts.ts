import { LARGEST_ANSWER } from '../../protocol/servers.js';
import { formatBytes, formatMs } from '../format.js';
import { ANSWER_LIMIT_MS, type SentEnd } from './sent-request.js';

export type RunPhase = 'none' | 'running' | 'ended';

/** Why there is no server in the panel. */
export function emptyText(phase: RunPhase): string {
  switch (phase) {
    case 'none':
      return 'No server is listening: no program runs.';
    case 'running':
      return 'No server is listening: the program has not started one.';
    case 'ended':
      return 'No server is listening: the program has ended, and has started none.';
  }
}

/** How a request of the page ended, if it was not as it should. `begun`: a part of the answer has arrived. */
export function endText(end: SentEnd, port: number, begun: boolean): string {
  switch (end) {
    case 'whole':
      return '';
    case 'cut':
      return `The body is cut: only its first ${formatBytes(LARGEST_ANSWER)} are kept, and the connection was closed.`;
    case 'refused':
      return `No server listens on port ${port} any more: the program has closed it.`;
    case 'broken':
      return begun
        ? 'The connection ended before the answer was complete: the handler failed, or the server closed it.'
        : 'The connection ended without an answer: the server closed it.';
    case 'malformed':
      return 'What the server sent is not an answer of HTTP.';
    case 'switched':
      return 'The server went on with another protocol, such as WebSocket, which cannot be spoken from here. The connection was closed.';
    case 'cancelled':
      return begun
        ? 'Cancelled: the connection was closed, and what had arrived by then is shown.'
        : 'Cancelled: the connection was closed. The handler goes on until it sends, or ends.';
    case 'overdue':
      return `No answer within ${formatMs(ANSWER_LIMIT_MS)}: the handler still waits, or the program is busy. The connection was closed.`;
    case 'program-ended':
      return begun ? 'The program ended before the answer was complete.' : 'The program ended without an answer.';
  }
}
