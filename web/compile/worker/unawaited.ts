import type { PrintedDiagnostic } from './diagnostics.js';

/** clang's words for a value of a wrong type; the types are quoted. */
const MISMATCHES = [
  /^no viable conversion from (?:returned value of type )?'(?<type>[^']+)'.* to (?<wanted>.*)$/,
  /^assigning to (?<wanted>.*) from incompatible type '(?<type>[^']+)'/,
  /^value of type '(?<type>[^']+)' is not contextually convertible/,
  /^cannot initialize (?<wanted>.*) with an [lr]value of type '(?<type>[^']+)'/,
];
const OPERANDS = /^invalid operands to binary expression \((?<operands>.*)\)$/;

/** Whether a value of this type stands in the place of a result until it is awaited. */
export function isAwaitable(type: string): boolean {
  return /^(?:asyncio::)?(?:Coro|Task|Future)</.test(type);
}

/** Where a Coro, Task or Future is used as if it were its result, the advice is to await it. */
export function adviseToAwait(printed: PrintedDiagnostic[]): PrintedDiagnostic[] {
  return printed.map((one) => (isMismatch(one.diagnostic.message) ? withAdvice(one) : one));
}

function isMismatch(message: string): boolean {
  const operands = OPERANDS.exec(message)?.groups?.['operands'];
  if (operands !== undefined) return Array.from(operands.matchAll(/'([^']+)'/g), ([, type = '']) => type).some(isAwaitable);
  return MISMATCHES.some((pattern) => {
    const { type = '', wanted = '' } = pattern.exec(message)?.groups ?? {};
    return isAwaitable(type) && !/\b(?:Coro|Task|Future)</.test(wanted);
  });
}

/** The overloads that do not fit either say nothing more. */
function withAdvice({ diagnostic, lines }: PrintedDiagnostic): PrintedDiagnostic {
  const message = `${diagnostic.message}: co_await it first`;
  const notes = lines.findIndex((line) => /: note: /.test(line));
  const [first = '', ...others] = notes < 0 ? lines : lines.slice(0, notes);
  return { diagnostic: { ...diagnostic, message, notes: [] }, lines: [`${first}: co_await it first`, ...others] };
}
