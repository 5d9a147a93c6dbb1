/** Just enough of WebAssembly's binary format to replace the bodies of a module's functions. */

const SECTION = { custom: 0, import: 2, function: 3, table: 4, export: 7, code: 10 };
const KIND = { function: 0, table: 1 };
const EXTERNREF = 0x6f;

export class WasmModule {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.header = bytes.subarray(0, 8);
    this.sections = [];
    for (let reader = new Reader(bytes, 8); reader.offset < bytes.length; ) {
      const id = reader.byte();
      const size = reader.number();
      this.sections.push({ id, content: bytes.subarray(reader.offset, reader.offset + size) });
      reader.offset += size;
    }
    const code = this.section(SECTION.code);
    const reader = new Reader(code.content, 0);
    /** Of each function that the module defines, its local variables and instructions. */
    this.bodies = Array.from({ length: reader.number() }, () => {
      const size = reader.number();
      const body = code.content.subarray(reader.offset, reader.offset + size);
      reader.offset += size;
      return body;
    });
  }

  /** The module with other bodies. */
  withBodies(bodies) {
    const parts = [leb(bodies.length)];
    for (const body of bodies) parts.push(leb(body.length), body);
    return this.#with(new Map([[SECTION.code, Buffer.concat(parts)]]));
  }

  /**
   * The module with a table of one entry a function, exported as `name`, of which each function
   * empties its own entry when it is called.
   */
  withMarks(name) {
    const table = this.#vector(SECTION.table);
    const exported = this.#vector(SECTION.export);
    const size = leb(this.bodies.length);
    const marks = Buffer.concat([Buffer.from([EXTERNREF, 0x01]), size, size]);
    const entry = Buffer.concat([leb(name.length), Buffer.from(name), Buffer.from([KIND.table]), leb(table.count)]);
    const code = [leb(this.bodies.length)];
    this.bodies.forEach((body, index) => {
      const split = localsEnd(body);
      const mark = Buffer.concat([
        Buffer.from([0x41]), signedLeb(index), // i32.const
        Buffer.from([0xd0, EXTERNREF, 0x26]), leb(table.count), // ref.null, table.set
      ]);
      code.push(leb(body.length + mark.length), body.subarray(0, split), mark, body.subarray(split));
    });
    return this.#with(
      new Map([
        [SECTION.table, Buffer.concat([leb(table.count + 1), table.items, marks])],
        [SECTION.export, Buffer.concat([leb(exported.count + 1), exported.items, entry])],
        [SECTION.code, Buffer.concat(code)],
      ]),
    );
  }

  section(id) {
    const found = this.sections.find((section) => section.id === id);
    if (found === undefined) throw new Error(`the module has no section ${id}`);
    return found;
  }

  #vector(id) {
    const { content } = this.section(id);
    const reader = new Reader(content, 0);
    const count = reader.number();
    return { count, items: content.subarray(reader.offset) };
  }

  #with(replaced) {
    const parts = [this.header];
    for (const { id, content } of this.sections) {
      const wanted = replaced.get(id) ?? content;
      parts.push(Buffer.from([id]), leb(wanted.length), wanted);
    }
    return Buffer.concat(parts);
  }
}

/** Where the instructions of a body start. */
function localsEnd(body) {
  const reader = new Reader(body, 0);
  for (let groups = reader.number(); groups > 0; --groups) {
    reader.number();
    reader.byte();
  }
  return reader.offset;
}

class Reader {
  constructor(bytes, offset) {
    this.bytes = bytes;
    this.offset = offset;
  }

  byte() {
    return this.bytes[this.offset++];
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

function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value = Math.floor(value / 0x80);
  } while (value > 0);
  return Buffer.from(bytes);
}

function signedLeb(value) {
  const bytes = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    const done = value === 0 && (byte & 0x40) === 0;
    bytes.push(done ? byte : byte | 0x80);
    if (done) return Buffer.from(bytes);
  }
}
