/** Parses just enough of WebAssembly's binary format to replace the function bodies of a module. */

const SECTION = { import: 2, global: 6, export: 7, code: 10 };
const KIND = { function: 0, global: 3 };
const OPCODE = { end: 0x0b, getGlobal: 0x23, setGlobal: 0x24, i64Const: 0x42, i64Or: 0x84 };
const I64 = 0x7e;
const MUTABLE = 0x01;

/** Number of functions whose marks one marking global holds. */
const MARKS_EACH = 64;

export class WasmModule {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.header = bytes.subarray(0, 8);
    /** @type {{ id: number, content: Buffer }[]} */
    this.sections = [];
    for (let reader = new Reader(bytes, 8); reader.offset < bytes.length; ) {
      const id = reader.byte();
      const size = reader.number();
      this.sections.push({ id, content: bytes.subarray(reader.offset, reader.offset + size) });
      reader.offset += size;
    }
    const code = this.section(SECTION.code);
    const reader = new Reader(code.content, 0);
    /** For each function that the module defines, its local variables and instructions. */
    this.bodies = Array.from({ length: reader.number() }, () => {
      const size = reader.number();
      const body = code.content.subarray(reader.offset, reader.offset + size);
      reader.offset += size;
      return body;
    });
  }

  /**
   * The module with other function bodies.
   * @param {Buffer[]} bodies
   */
  withBodies(bodies) {
    /** @type {Buffer[]} */
    const parts = [leb(bodies.length)];
    for (const body of bodies) parts.push(leb(body.length), body);
    return this.#with(new Map([[SECTION.code, Buffer.concat(parts)]]));
  }

  /**
   * The module with exported globals, named `prefix` plus a number, in which each function sets its own bit when called.
   * @param {string} prefix
   */
  withMarks(prefix) {
    this.#checkImports();
    const globals = this.#vector(SECTION.global);
    const exported = this.#vector(SECTION.export);
    const added = Math.ceil(this.bodies.length / MARKS_EACH);
    const zero = Buffer.from([I64, MUTABLE, OPCODE.i64Const, 0, OPCODE.end]);
    const names = Array.from({ length: added }, (_, index) => {
      const name = Buffer.from(prefix + index);
      return Buffer.concat([leb(name.length), name, Buffer.from([KIND.global]), leb(globals.count + index)]);
    });
    /** @type {Buffer[]} */
    const code = [leb(this.bodies.length)];
    this.bodies.forEach((body, index) => {
      const start = localsEnd(body);
      const global = leb(globals.count + Math.floor(index / MARKS_EACH));
      const bit = BigInt.asIntN(64, 1n << BigInt(index % MARKS_EACH));
      const mark = Buffer.concat([
        ...[Buffer.from([OPCODE.getGlobal]), global],
        ...[Buffer.from([OPCODE.i64Const]), signedLeb(bit), Buffer.from([OPCODE.i64Or])],
        ...[Buffer.from([OPCODE.setGlobal]), global],
      ]);
      code.push(leb(body.length + mark.length), body.subarray(0, start), mark, body.subarray(start));
    });
    return this.#with(
      new Map([
        [SECTION.global, Buffer.concat([leb(globals.count + added), globals.items, ...Array(added).fill(zero)])],
        [SECTION.export, Buffer.concat([leb(exported.count + added), exported.items, ...names])],
        [SECTION.code, Buffer.concat(code)],
      ]),
    );
  }

  /**
   * Whether an instance of the marked module has called each of the functions.
   * @param {WebAssembly.Instance} instance
   * @param {string} prefix
   * @param {number} count
   */
  static marksOf(instance, prefix, count) {
    const marks = new Uint8Array(count);
    for (let index = 0; index < count; ++index) {
      const mark = /** @type {WebAssembly.Global<'i64'>} */ (instance.exports[prefix + Math.floor(index / MARKS_EACH)]);
      const bits = BigInt.asUintN(64, mark.value);
      marks[index] = Number((bits >> BigInt(index % MARKS_EACH)) & 1n);
    }
    return marks;
  }

  /** @param {number} id */
  section(id) {
    const found = this.sections.find((section) => section.id === id);
    if (found === undefined) throw new Error(`the module has no section ${id}`);
    return found;
  }

  /** Imported globals would be numbered before the module's own. */
  #checkImports() {
    const { content } = this.section(SECTION.import);
    const reader = new Reader(content, 0);
    for (let left = reader.number(); left > 0; --left) {
      reader.skip(reader.number());
      reader.skip(reader.number());
      if (reader.byte() !== KIND.function) throw new Error('the module has an import that is not a function');
      reader.number();
    }
  }

  /** @param {number} id */
  #vector(id) {
    const { content } = this.section(id);
    const reader = new Reader(content, 0);
    const count = reader.number();
    return { count, items: content.subarray(reader.offset) };
  }

  /** @param {Map<number, Buffer>} replaced by the numbers of their sections */
  #with(replaced) {
    const parts = [this.header];
    for (const { id, content } of this.sections) {
      const wanted = replaced.get(id) ?? content;
      parts.push(Buffer.from([id]), leb(wanted.length), wanted);
    }
    return Buffer.concat(parts);
  }
}

/**
 * The offset of a body's first instruction.
 * @param {Buffer} body
 */
function localsEnd(body) {
  const reader = new Reader(body, 0);
  for (let groups = reader.number(); groups > 0; --groups) {
    reader.number();
    reader.byte();
  }
  return reader.offset;
}

class Reader {
  /**
   * @param {Buffer} bytes
   * @param {number} offset
   */
  constructor(bytes, offset) {
    this.bytes = bytes;
    this.offset = offset;
  }

  byte() {
    return this.bytes.readUInt8(this.offset++);
  }

  /** @param {number} count */
  skip(count) {
    this.offset += count;
  }

  number() {
    let result = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.byte();
      result += (byte & 0x7f) * factor;
      if ((byte & 0x80) === 0) return result;
    }
  }
}

/** @param {number} value */
function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value = Math.floor(value / 0x80);
  } while (value > 0);
  return Buffer.from(bytes);
}

/** @param {bigint} value */
function signedLeb(value) {
  const bytes = [];
  for (let rest = value; ; ) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return Buffer.from(bytes);
  }
}
