import type { Voice } from './console-buffer.js';
import { formatBytes, formatCount, formatMs } from './format.js';
import { shorten } from '../protocol/shorten.js';
import type { RunFacts } from '../protocol/program.js';
import type { RunOutcome, RunTimings } from '../protocol/run-report.js';

const longestShort = 200;

export interface ExitLine {
  voice: Voice;
  text: string;
}

export function exitLine(outcome: RunOutcome, timings: RunTimings, facts: RunFacts): ExitLine {
  const { voice, text } = describeOutcome(outcome);
  const measured = measuredOf(timings, facts).join(' · ');
  if (measured === '') return { voice, text };
  // Behind the last line of a traceback or of a deadlock it would belong to that line.
  return { voice, text: text.includes('\n') ? `${text}\n${measured}` : `${text} · ${measured}` };
}

/** A one-line summary, for screen readers. */
export function outcomeInShort(outcome: RunOutcome): string {
  const [line = ''] = describeOutcome(outcome).text.split('\n', 1);
  return shorten(line, longestShort);
}

export function describeOutcome(outcome: RunOutcome): ExitLine {
  switch (outcome.type) {
    case 'complete':
      return describeEnd(outcome.exitCode, outcome.afterStop === true ? 'Finished after Stop' : 'Finished');
    case 'crash':
      return { voice: 'failure', text: `Crashed with exit code ${outcome.exitCode}: ${outcome.message}` };
    case 'stopped':
      return {
        voice: 'info',
        text: outcome.forced ? 'Stopped by force: the program did not stop by itself' : 'Stopped',
      };
    case 'timeout':
      return { voice: 'failure', text: 'Stopped: the time limit was reached' };
    case 'compile-error':
      return { voice: 'failure', text: `Not run: ${errorCount(outcome.errors)}` };
    case 'replaced':
      return { voice: 'info', text: 'Stopped: replaced by a newer run' };
    case 'failed':
      return { voice: 'failure', text: `Not run: ${outcome.message}` };
  }
}

function describeEnd(exitCode: number, finished: string): ExitLine {
  return exitCode === 0
    ? { voice: 'success', text: `${finished}, exit code 0` }
    : { voice: 'failure', text: `${finished} with exit code ${exitCode}` };
}

/** The program's own time first: that of the compiler is no part of it. */
function measuredOf({ compileMs, linkMs }: RunTimings, { ranMs, memoryBytes, tasks }: RunFacts): string[] {
  const parts: string[] = [];
  if (ranMs !== undefined) parts.push(`ran ${formatMs(ranMs)}`);
  if (tasks !== undefined) parts.push(tasks === 1 ? '1 task' : `${formatCount(tasks)} tasks`);
  if (memoryBytes !== undefined) parts.push(`memory ${formatBytes(memoryBytes)}`);
  // A step that took no time was done in advance: the program was compiled with the site.
  if (compileMs !== undefined && compileMs > 0) parts.push(`compile ${formatMs(compileMs)}`);
  if (linkMs !== undefined && linkMs > 0) parts.push(`link ${formatMs(linkMs)}`);
  return parts;
}

function errorCount(errors: number): string {
  if (errors === 0) return 'it does not compile';
  return errors === 1 ? '1 error' : `${errors} errors`;
}
