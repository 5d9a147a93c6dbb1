/** The `dylink.0` section of a side module: what it wants of the one that loads it. */
export interface DylinkInfo {
  memorySize: number;
  memoryAlignment: number;
  tableSize: number;
  neededLibraries: string[];
  weakImports: Set<string>;
}

const SUBSECTION = { memoryInfo: 1, needed: 2, importInfo: 4 };
const BINDING_MASK = 0x3;
const BINDING_WEAK = 0x1;

export function readDylinkInfo(module: WebAssembly.Module): DylinkInfo {
  const [section] = WebAssembly.Module.customSections(module, 'dylink.0');
  if (section === undefined) throw new Error('the program is not a side module: it has no dylink.0 section');
  const reader = new Reader(new Uint8Array(section));
  const info: DylinkInfo = {
    memorySize: 0,
    memoryAlignment: 1,
    tableSize: 0,
    neededLibraries: [],
    weakImports: new Set(),
  };
  while (!reader.atEnd) {
    const type = reader.byte();
    const size = reader.number();
    const end = reader.offset + size;
    switch (type) {
      case SUBSECTION.memoryInfo:
        info.memorySize = reader.number();
        info.memoryAlignment = 2 ** reader.number();
        info.tableSize = reader.number();
        break;
      case SUBSECTION.needed:
        for (let count = reader.number(); count > 0; --count) info.neededLibraries.push(reader.string());
        break;
      case SUBSECTION.importInfo:
        for (let count = reader.number(); count > 0; --count) {
          reader.string();
          const name = reader.string();
          if ((reader.number() & BINDING_MASK) === BINDING_WEAK) info.weakImports.add(name);
        }
        break;
      default:
        break;
    }
    reader.offset = end;
  }
  return info;
}

class Reader {
  offset = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.offset >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.offset++];
    if (value === undefined) throw new Error('the dylink.0 section of the program is cut off');
    return value;
  }

  /** LEB128. */
  number(): number {
    let result = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      result += (byte & 0x7f) * factor;
      if ((byte & 0x80) === 0) return result;
      factor *= 0x80;
    }
  }

  string(): string {
    const length = this.number();
    const start = this.offset;
    this.offset += length;
    return new TextDecoder().decode(this.#bytes.subarray(start, this.offset));
  }
}
