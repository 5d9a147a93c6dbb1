/**
 * Takes work out of a precompiled header that clang would do for each program. The header's own code, which the main
 * module holds, is made from the whole header.
 *
 * In a header, clang leaves to the program: defining the virtual functions of classes whose vtables the header uses,
 * instantiating what was pending at the header's end, and looking for constructors that delegate to each other in a cycle.
 * Making the header's code has done all of this. And clang looks up the names of its builtin functions while it starts,
 * which reads all global declarations of these names: trim-identifiers.mjs.
 */
import { Bits } from './bits.mjs';
import { trimIdentifiers } from './trim-identifiers.mjs';

/** @typedef {import('./bits.mjs').Operand} Operand */

const AST_BLOCK = 8;

/** Records of the AST block, by their codes in clang's ASTBitCodes.h. */
const LEFT_OUT = { VTABLE_USES: 19, PENDING_IMPLICIT_INSTANTIATIONS: 26, DELEGATING_CTORS: 37 };
const IDENTIFIER_TABLE = 5;
/** Codes that clang's reader ignores, by the number of chunks that they take. */
const IGNORED = [20, 1000];

const CODE_CHUNK = 6;
const ENTRY = { end: 0, block: 1, abbreviation: 2, unabbreviated: 3, abbreviated: 4 };

/**
 * Changes the header in place; every offset in it stays right.
 * @template {Uint8Array} T
 * @param {T} header
 * @returns {T}
 */
export function trimPrecompiled(header) {
  const missing = new Set([...Object.keys(LEFT_OUT), 'IDENTIFIER_TABLE']);
  const names = new Map(Object.entries(LEFT_OUT).map(([name, code]) => [code, name]));
  const bits = new Bits(header, 32);
  while (bits.position < 8 * header.length) {
    bits.fixed(2);
    const { id, width, end } = bits.block();
    if (id === AST_BLOCK) {
      visitRecords(bits, width, end, {
        plain(code, at) {
          const name = names.get(code);
          if (name === undefined) return;
          missing.delete(name);
          const chunks = code < 2 ** (CODE_CHUNK - 1) ? 1 : 2;
          bits.putVariable(at, CODE_CHUNK, IGNORED[chunks - 1] ?? 0);
        },
        withBlob(code, [bucketOffset = 0], blob) {
          if (code !== IDENTIFIER_TABLE) return;
          missing.delete('IDENTIFIER_TABLE');
          trimIdentifiers(blob, bucketOffset);
        },
      });
    }
    bits.position = end;
  }
  if (missing.size > 0) throw new Error(`this version of clang is not supported: its precompiled header has no record ${[...missing].join(', ')}`);
  return header;
}

/**
 * @param {Bits} bits
 * @param {number} width of an entry's number
 * @param {number} end
 * @param {{ plain(code: number, at: number): void, withBlob(code: number, values: number[], blob: Uint8Array): void }} visitor
 */
function visitRecords(bits, width, end, visitor) {
  /** @type {Operand[][]} */
  const abbreviations = [];
  while (bits.position < end) {
    const entry = bits.fixed(width);
    switch (entry) {
      case ENTRY.end:
        return;
      case ENTRY.block:
        bits.position = bits.block().end;
        break;
      case ENTRY.abbreviation:
        abbreviations.push(bits.abbreviation());
        break;
      case ENTRY.unabbreviated: {
        const at = bits.position;
        visitor.plain(bits.variable(CODE_CHUNK), at);
        for (let count = bits.variable(6); count > 0; --count) bits.variable(6);
        break;
      }
      default: {
        const abbreviation = abbreviations[entry - ENTRY.abbreviated];
        if (abbreviation === undefined) throw new Error(`unknown abbreviation ${entry} in a precompiled header`);
        const { values, blob } = bits.record(abbreviation);
        const [code = 0, ...others] = values;
        if (blob !== undefined) visitor.withBlob(code, others, blob);
      }
    }
  }
}
