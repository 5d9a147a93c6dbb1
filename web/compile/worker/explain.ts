import { type CompilerReport, parseDiagnostics, reportOf } from './diagnostics.js';
import { placeLibraryErrors } from './library-errors.js';
import { refuseMissingReturns } from './missing-returns.js';
import { adviseToAwait } from './unawaited.js';
import { explainUnformattable } from './unformattable.js';

const COUNT = /^\d+ (?:warning|error)s?(?: and \d+ errors?)? generated\.$/;
/** How the compiler came into a header of the library. */
const LIBRARY = /^In file included from \//;
const INCLUDED = /^In file included from /;

/** What clang printed, in words that name the mistake and the line of the program. */
export function explain(output: string, files: Record<string, string>): CompilerReport {
  const { head, printed } = parseDiagnostics(output, files);
  const worded = adviseToAwait(explainUnformattable(refuseMissingReturns(printed, files), files));
  const { diagnostics, text } = reportOf({ head, printed: placeLibraryErrors(worded, files) });
  const lines = text.split('\n');
  const isNoise = (line: string, next = ''): boolean =>
    line === '' || COUNT.test(line) || LIBRARY.test(line) || (INCLUDED.test(line) && LIBRARY.test(next));
  const kept = lines.filter((line, index) => !isNoise(line, lines[index + 1]));
  return { diagnostics, text: kept.map((line) => `${line}\n`).join('') };
}
