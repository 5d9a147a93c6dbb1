import type { Diagnostic } from '../../protocol/diagnostic.js';
import type { PrintedDiagnostic } from './diagnostics.js';
import { placedIn } from './library-errors.js';
import { isAwaitable } from './unawaited.js';

const UNFORMATTABLE = /^call to implicitly-deleted default constructor of 'formatter<(?<type>.+), (?:char|wchar_t)>'/;

/** Of one argument without a formatter clang reports eight errors: one of them stays, in words. */
export function explainUnformattable(printed: PrintedDiagnostic[], files: Record<string, string>): PrintedDiagnostic[] {
  if (!printed.some(({ diagnostic }) => UNFORMATTABLE.test(diagnostic.message))) return printed;
  return printed.flatMap((one) => {
    const type = UNFORMATTABLE.exec(one.diagnostic.message)?.groups?.['type'];
    if (type !== undefined) return [placedIn(files, one, cannotBePrinted(type)) ?? one];
    return followsFromIt(one.diagnostic, files) ? [] : [one];
  });
}

function cannotBePrinted(type: string): string {
  return isAwaitable(type)
    ? `a ${type.replace(/^asyncio::/, '')} cannot be printed: co_await it first, and print its result`
    : `${type} cannot be printed: it has no std::formatter<${type}>`;
}

function followsFromIt({ severity, file, message }: Diagnostic, files: Record<string, string>): boolean {
  if (severity !== 'error') return false;
  if (Object.hasOwn(files, file)) return /^call to consteval function '.*basic_format_string/.test(message);
  return /\/__format\//.test(file) || message.includes('formatter<');
}
