import type { Diagnostic, SourceRange } from '../../protocol/diagnostic.js';

const NOWHERE: SourceRange = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
const MESSAGE = /^wasm-ld: (error|warning): (?:[\w./-]+\.o: )?(.*)$/;

/** The linker's messages, in terms of the source. */
export function parseLinkerMessages(output: string): Diagnostic[] {
  return output.split('\n').flatMap((line): Diagnostic[] => {
    const match = MESSAGE.exec(line);
    if (match === null) return [];
    const [, severity, message = ''] = match;
    return [linkerDiagnostic(explain(message), severity === 'warning' ? 'warning' : 'error')];
  });
}

export function linkerDiagnostic(message: string, severity: 'error' | 'warning' = 'error'): Diagnostic {
  return { severity, file: '', range: NOWHERE, message, notes: [], fixIts: [] };
}

function explain(message: string): string {
  const undefinedSymbol = /^undefined symbol: (.*)$/.exec(message)?.[1];
  if (undefinedSymbol !== undefined) return `${undefinedSymbol} is declared but never defined`;
  const duplicate = /^duplicate symbol: (.*)$/.exec(message)?.[1];
  if (duplicate !== undefined) return `${duplicate} is defined more than once`;
  return message;
}
