import type { Diagnostic, FixIt } from '../protocol/diagnostic.js';
import { shorten } from '../protocol/shorten.js';

/** Maximum number shown; each is several page elements, and a marker in the text. */
const most = 200;
const mostNotes = 30;
const mostFixIts = 20;
const longestMessage = 2_000;

export interface ShownDiagnostics {
  shown: Diagnostic[];
  /** How many more there are. */
  more: number;
}

/** The diagnostics to show, in their order: errors first, and with long texts cut. */
export function shownDiagnostics(all: readonly Diagnostic[]): ShownDiagnostics {
  const errors = all.filter(({ severity }) => severity === 'error').length;
  let errorsLeft = Math.min(errors, most);
  let othersLeft = most - errorsLeft;
  const shown: Diagnostic[] = [];
  for (const diagnostic of all) {
    const left = diagnostic.severity === 'error' ? errorsLeft-- : othersLeft--;
    if (left > 0) shown.push(readable(diagnostic));
  }
  return { shown, more: all.length - shown.length };
}

function readable(diagnostic: Diagnostic): Diagnostic {
  const { message, notes, fixIts, code } = diagnostic;
  return {
    ...diagnostic,
    message: shorten(message, longestMessage),
    notes: notes.slice(0, mostNotes).map((note) => ({ ...note, message: shorten(note.message, longestMessage) })),
    fixIts: whole(fixIts),
    ...(code !== undefined && { code: shorten(code, 100) }),
  };
}

/** Fix-its are kept all together or not at all. */
function whole(fixIts: FixIt[]): FixIt[] {
  return fixIts.length > mostFixIts ? [] : fixIts;
}
