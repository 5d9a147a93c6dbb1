/** Values of a bitstream: numbers, and bigints where a number would not be exact. */
export type Value = number | bigint;

/**
 * One direction of the conversion between an LLVM bitstream and its values. walk() calls the same methods in the same
 * order for both directions, so each knows what comes next.
 */
export interface Codec {
  /** Whether there is more; called between blocks of the outermost level. */
  more(): boolean;
  fixed(width: number, column: Column): Value;
  variable(width: number, column: Column): Value;
  align(): void;
  blob(length: number, column: Column): void;
}

/**
 * The values at one position of one kind of record: they are similar, so they compress well together. Numbered in the
 * order in which walk() first reaches them.
 */
export interface Column {
  readonly number: number;
}

type Encoding =
  | { kind: 'literal'; value: Value }
  | { kind: 'fixed' | 'variable'; width: number }
  | { kind: 'array' | 'character' | 'blob' };

type Abbreviation = Encoding[];

/** The columns of all blocks of one kind, by record code or by abbreviation. */
interface Kind {
  entries: Columns;
  unabbreviated: Columns[];
  abbreviated: Columns[];
}

const ENTRY = { end: 0, enter: 1, define: 2, unabbreviated: 3, firstAbbreviation: 4 };
const ENCODING = { fixed: 1, variable: 2, array: 3, character: 4, blob: 5 };
const BLOCK_INFO = 0;
const SET_BLOCK = 1;
/** Positions after this one in a long record share a column. */
const PLACES = 48;

/** Walks a whole bitstream file, such as a precompiled header. */
export function walk(codec: Codec): void {
  new Walker(codec).file();
}

class Walker {
  readonly #codec: Codec;
  readonly #structure: Columns;
  readonly #known = new Map<number, Abbreviation[]>();
  readonly #kinds = new Map<number, Kind>();
  #columnCount = 0;
  readonly #newColumn = (): Column => ({ number: this.#columnCount++ });

  constructor(codec: Codec) {
    this.#codec = codec;
    this.#structure = new Columns(this.#newColumn);
  }

  file(): void {
    this.#codec.fixed(32, this.#structure.at(0));
    while (this.#codec.more()) {
      this.#codec.fixed(2, this.#structure.at(1));
      this.#block();
    }
  }

  /** A block, starting after the entry that opens it. */
  #block(): void {
    const codec = this.#codec;
    const id = Number(codec.variable(8, this.#structure.at(2)));
    const width = Number(codec.variable(4, this.#structure.at(3)));
    codec.align();
    codec.fixed(32, this.#structure.at(4));
    const abbreviations = [...(this.#known.get(id) ?? [])];
    const kind = this.#kindOf(id);
    const entries = kind.entries.at(0);
    let described = -1;
    for (;;) {
      const entry = Number(codec.fixed(width, entries));
      switch (entry) {
        case ENTRY.end:
          codec.align();
          return;
        case ENTRY.enter:
          this.#block();
          break;
        case ENTRY.define:
          this.#define(id === BLOCK_INFO ? this.#listOf(described) : abbreviations);
          break;
        case ENTRY.unabbreviated: {
          const { code, first } = this.#unabbreviated(kind);
          if (id === BLOCK_INFO && code === SET_BLOCK) described = Number(first);
          break;
        }
        default: {
          const abbreviation = abbreviations[entry - ENTRY.firstAbbreviation];
          if (abbreviation === undefined) throw new Error(`unknown abbreviation ${entry} in a bitstream`);
          this.#abbreviated((kind.abbreviated[entry] ??= new Columns(this.#newColumn)), abbreviation);
        }
      }
    }
  }

  #define(list: Abbreviation[]): void {
    const codec = this.#codec;
    const columns = this.#structure;
    const abbreviation: Abbreviation = [];
    for (let left = Number(codec.variable(5, columns.at(5))); left > 0; --left) {
      if (codec.fixed(1, columns.at(6)) === 1) {
        abbreviation.push({ kind: 'literal', value: codec.variable(8, columns.at(7)) });
        continue;
      }
      const encoding = Number(codec.fixed(3, columns.at(8)));
      switch (encoding) {
        case ENCODING.fixed:
        case ENCODING.variable: {
          const width = Number(codec.variable(5, columns.at(9)));
          if (width === 0) abbreviation.push({ kind: 'literal', value: 0 });
          else abbreviation.push({ kind: encoding === ENCODING.fixed ? 'fixed' : 'variable', width });
          break;
        }
        case ENCODING.array:
          abbreviation.push({ kind: 'array' });
          break;
        case ENCODING.character:
          abbreviation.push({ kind: 'character' });
          break;
        case ENCODING.blob:
          abbreviation.push({ kind: 'blob' });
          break;
        default:
          throw new Error(`unknown encoding ${encoding} in a bitstream`);
      }
    }
    list.push(abbreviation);
  }

  #unabbreviated(kind: Kind): { code: number; first: Value } {
    const codec = this.#codec;
    const code = Number(codec.variable(6, kind.entries.at(1)));
    const columns = (kind.unabbreviated[code] ??= new Columns(this.#newColumn));
    const count = Number(codec.variable(6, columns.at(0)));
    let first: Value = -1;
    for (let place = 0; place < count; ++place) {
      const value = codec.variable(6, columns.at(place + 1));
      if (place === 0) first = value;
    }
    return { code, first };
  }

  #abbreviated(columns: Columns, abbreviation: Abbreviation): void {
    const codec = this.#codec;
    for (let place = 0; place < abbreviation.length; ++place) {
      const encoding = abbreviation[place];
      if (encoding === undefined) break;
      if (encoding.kind === 'array') {
        const element = abbreviation[place + 1];
        if (element === undefined) throw new Error('an array without elements in a bitstream');
        const count = Number(codec.variable(6, columns.at(place)));
        for (let index = 0; index < count; ++index) this.#scalar(element, columns.at(place + 1 + index));
        return;
      }
      if (encoding.kind === 'blob') {
        const length = Number(codec.variable(6, columns.at(place)));
        codec.align();
        codec.blob(length, columns.at(place + 1));
        codec.align();
        continue;
      }
      this.#scalar(encoding, columns.at(place));
    }
  }

  #scalar(encoding: Encoding, column: Column): void {
    switch (encoding.kind) {
      case 'literal':
        return;
      case 'fixed':
        this.#codec.fixed(encoding.width, column);
        return;
      case 'variable':
        this.#codec.variable(encoding.width, column);
        return;
      case 'character':
        this.#codec.fixed(6, column);
        return;
      case 'array':
      case 'blob':
        throw new Error(`an ${encoding.kind} inside an array in a bitstream`);
    }
  }

  #listOf(block: number): Abbreviation[] {
    let list = this.#known.get(block);
    if (list === undefined) this.#known.set(block, (list = []));
    return list;
  }

  #kindOf(block: number): Kind {
    let kind = this.#kinds.get(block);
    if (kind === undefined) {
      kind = { entries: new Columns(this.#newColumn), unabbreviated: [], abbreviated: [] };
      this.#kinds.set(block, kind);
    }
    return kind;
  }
}

class Columns {
  readonly #make: () => Column;
  readonly #columns: Column[] = [];

  constructor(make: () => Column) {
    this.#make = make;
  }

  at(place: number): Column {
    const shared = place < PLACES ? place : PLACES;
    return (this.#columns[shared] ??= this.#make());
  }
}
