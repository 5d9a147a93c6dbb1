const WORD = 32;
const BITS_OF_BLOCK_ID = 8;
const BITS_OF_WIDTH = 4;

/** How a value of a record is stored: `kind` as in the file, or a literal, which takes no bits. */
/** @typedef {{ literal: number } | { kind: number, width: number }} Operand */

const KIND = { fixed: 1, variable: 2, array: 3, character: 4, blob: 5 };

/** Reads an LLVM bitstream, and changes values in place. */
export class Bits {
  #bytes;
  position;

  /**
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  constructor(bytes, position) {
    this.#bytes = bytes;
    this.position = position;
  }

  /** @param {number} width */
  fixed(width) {
    let value = 0;
    for (let done = 0; done < width; ) {
      const offset = this.position & 7;
      const count = Math.min(8 - offset, width - done);
      value += (((this.#bytes[this.position >> 3] ?? 0) >> offset) & ((1 << count) - 1)) * 2 ** done;
      this.position += count;
      done += count;
    }
    return value;
  }

  /** @param {number} width of a chunk */
  variable(width) {
    const more = 2 ** (width - 1);
    let value = 0;
    for (let scale = 1; ; scale *= more) {
      const chunk = this.fixed(width);
      value += (chunk % more) * scale;
      if (chunk < more) return value;
    }
  }

  /**
   * Writes a value over one that takes as many chunks.
   * @param {number} at
   * @param {number} width of a chunk
   * @param {number} value
   */
  putVariable(at, width, value) {
    const more = 2 ** (width - 1);
    if (value < more) {
      this.#put(at, width, value);
    } else {
      this.#put(at, width, more + (value % more));
      this.putVariable(at + width, width, Math.floor(value / more));
    }
  }

  /** A block's head, after the entry that opens it. */
  block() {
    const id = this.variable(BITS_OF_BLOCK_ID);
    const width = this.variable(BITS_OF_WIDTH);
    this.#align();
    const words = this.fixed(WORD);
    return { id, width, end: this.position + words * WORD };
  }

  /** The definition of an abbreviation. */
  abbreviation() {
    /** @type {Operand[]} */
    const operands = [];
    for (let left = this.variable(5); left > 0; --left) {
      if (this.fixed(1) === 1) {
        operands.push({ literal: this.variable(8) });
      } else {
        const kind = this.fixed(3);
        operands.push({ kind, width: kind === KIND.fixed || kind === KIND.variable ? this.variable(5) : 0 });
      }
    }
    return operands;
  }

  /**
   * A record of this form: its values without those of an array, and its blob, if it has one.
   * @param {Operand[]} operands
   */
  record(operands) {
    /** @type {number[]} */
    const values = [];
    for (const [index, operand] of operands.entries()) {
      if ('kind' in operand && operand.kind === KIND.array) {
        const element = operands[index + 1];
        if (element === undefined) throw new Error('an array without elements in a bitstream');
        for (let count = this.variable(6); count > 0; --count) this.#scalar(element);
        break;
      }
      if ('kind' in operand && operand.kind === KIND.blob) return { values, blob: this.#blob() };
      values.push(this.#scalar(operand));
    }
    return { values };
  }

  /** @param {Operand} operand */
  #scalar(operand) {
    if ('literal' in operand) return operand.literal;
    switch (operand.kind) {
      case KIND.fixed:
        return this.fixed(operand.width);
      case KIND.variable:
        return this.variable(operand.width);
      case KIND.character:
        return this.fixed(6);
      default:
        throw new Error(`unknown encoding ${operand.kind} in a bitstream`);
    }
  }

  #blob() {
    const length = this.variable(6);
    this.#align();
    const start = this.position / 8;
    this.position += 8 * length;
    this.#align();
    return this.#bytes.subarray(start, start + length);
  }

  #align() {
    this.position = Math.ceil(this.position / WORD) * WORD;
  }

  /**
   * @param {number} at
   * @param {number} width
   * @param {number} value
   */
  #put(at, width, value) {
    for (let index = 0; index < width; ++index) {
      const place = (at + index) >> 3;
      const bit = 1 << ((at + index) & 7);
      const old = this.#bytes[place] ?? 0;
      this.#bytes[place] = (value >> index) & 1 ? old | bit : old & ~bit;
    }
  }
}
