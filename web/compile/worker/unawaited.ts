import type { Diagnostic } from '../../protocol/diagnostic.js';
import { placedIn } from './blame-users.js';
import type { PrintedDiagnostic } from './diagnostics.js';

/** What is there in place of a result until it is awaited. */
const AWAITABLE = /^(?:asyncio::)?(?:Coro|Task|Future)</;
const UNFORMATTABLE = /^call to implicitly-deleted default constructor of 'formatter<(?<type>.+), (?:char|wchar_t)>'/;
/** clang's words for a value of a wrong type; the types are quoted. */
const MISMATCHES = [
  /^no viable conversion from (?:returned value of type )?'(?<type>[^']+)'.* to (?<wanted>.*)$/,
  /^assigning to (?<wanted>.*) from incompatible type '(?<type>[^']+)'/,
  /^value of type '(?<type>[^']+)' is not contextually convertible/,
  /^cannot initialize (?<wanted>.*) with an [lr]value of type '(?<type>[^']+)'/,
  /^no viable overloaded '[^']+'/,
];
const OPERANDS = /^invalid operands to binary expression \((?<operands>.*)\)$/;

/** Says of a Coro, Task or Future that is used as if it were its result that it is to be awaited. */
export function explainUnawaited(printed: PrintedDiagnostic[], files: Record<string, string>): PrintedDiagnostic[] {
  const isFormatError = printed.some(({ diagnostic }) => UNFORMATTABLE.test(diagnostic.message));
  return printed.flatMap((one) => {
    const { diagnostic } = one;
    const unformattable = UNFORMATTABLE.exec(diagnostic.message)?.groups?.['type'];
    if (unformattable !== undefined) return [placedIn(files, one, cannotBePrinted(unformattable)) ?? one];
    if (isFormatError && followsFrom(diagnostic, files)) return [];
    return isMismatch(diagnostic.message) ? [withAdvice(one)] : [one];
  });
}

function cannotBePrinted(type: string): string {
  return AWAITABLE.test(type)
    ? `a ${type.replace(/^asyncio::/, '')} cannot be printed: co_await it first, and print its result`
    : `${type} cannot be printed: it has no std::formatter<${type}>`;
}

/** Of one argument without a formatter clang reports eight errors. */
function followsFrom({ severity, file, message }: Diagnostic, files: Record<string, string>): boolean {
  if (severity !== 'error') return false;
  if (Object.hasOwn(files, file)) return /^call to consteval function '.*basic_format_string/.test(message);
  return /\/__format\//.test(file) || message.includes('formatter<');
}

function isMismatch(message: string): boolean {
  const operands = OPERANDS.exec(message)?.groups?.['operands'];
  if (operands !== undefined) return Array.from(operands.matchAll(/'([^']+)'/g), ([, type = '']) => type).some((type) => AWAITABLE.test(type));
  return MISMATCHES.some((pattern) => {
    const { type = '', wanted = '' } = pattern.exec(message)?.groups ?? {};
    return AWAITABLE.test(type) && !/\b(?:Coro|Task|Future)</.test(wanted);
  });
}

/** The overloads that do not fit either say nothing more. */
function withAdvice({ diagnostic, lines }: PrintedDiagnostic): PrintedDiagnostic {
  const message = `${diagnostic.message}: co_await it first`;
  const notes = lines.findIndex((line) => /: note: /.test(line));
  const [first = '', ...others] = notes < 0 ? lines : lines.slice(0, notes);
  return { diagnostic: { ...diagnostic, message, notes: [] }, lines: [`${first}: co_await it first`, ...others] };
}
