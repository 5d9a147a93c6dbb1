import { blameUsers } from './blame-users.js';
import { type CompilerReport, parseDiagnostics, reportOf } from './diagnostics.js';
import { refuseMissingReturns } from './missing-returns.js';
import { explainUnawaited } from './unawaited.js';

const COUNT = /^\d+ (?:warning|error)s?(?: and \d+ errors?)? generated\.$/;
/** How the compiler came into a header of the library. */
const LIBRARY = /^In file included from \//;
const INCLUDED = /^In file included from /;

/** What clang printed, in words that name the mistake and the line of the program. */
export function explain(output: string, files: Record<string, string>): CompilerReport {
  const { head, printed } = parseDiagnostics(output, files);
  const explained = blameUsers(explainUnawaited(refuseMissingReturns(printed, files), files), files);
  const { diagnostics, text } = reportOf({ head, printed: explained });
  const lines = text.split('\n');
  const isNoise = (line: string, next = ''): boolean =>
    line === '' || COUNT.test(line) || LIBRARY.test(line) || (INCLUDED.test(line) && LIBRARY.test(next));
  const kept = lines.filter((line, index) => !isNoise(line, lines[index + 1]));
  return { diagnostics, text: kept.map((line) => `${line}\n`).join('') };
}
