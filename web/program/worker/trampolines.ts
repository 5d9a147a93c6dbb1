import { WasmReader } from './wasm-reader.js';

const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 };
const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };
const FUNCREF = 0x70;
const LOCAL_GET = 0x20;
const I32_CONST = 0x41;
const RETURN_CALL_INDIRECT = 0x13;
const END = 0x0b;

export interface Trampoline {
  func: WebAssembly.ExportValue;
  /** The table slot of the function that it calls. */
  slot: number;
}

/**
 * A side module also imports functions that it defines itself, where another module might define them too (inline
 * functions, templates). Before instantiation there is nothing to pass it, so it gets functions that jump through table
 * slots, filled in later. They are WebAssembly because a JavaScript frame on the stack would prevent suspending the
 * program. The slots are new, unless the first is given: those that another thread's table has for this module.
 */
export function makeTrampolines(
  code: Uint8Array,
  names: Set<string>,
  table: WebAssembly.Table,
  givenSlot?: number,
): Map<string, Trampoline> {
  const made = new Map<string, Trampoline>();
  if (names.size === 0) return made;
  const { typeSection, parameterCounts, imports } = readFunctionImports(code);
  const wanted = imports.filter(({ name }) => names.has(name));
  const firstSlot = givenSlot ?? table.grow(wanted.length);

  const bodies = wanted.map(({ type }, index) => jump(parameterCounts[type] ?? 0, firstSlot + index, type));
  const binary = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(SECTION.type, [...typeSection]),
    ...section(SECTION.import, [1, ...text('e'), ...text('t'), KIND.table, FUNCREF, 0x00, 0x00]),
    ...section(SECTION.function, vector(wanted.map(({ type }) => leb(type)))),
    ...section(SECTION.export, vector(wanted.map((_import, index) => [...text(String(index)), KIND.function, ...leb(index)]))),
    ...section(SECTION.code, vector(bodies)),
  ]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { e: { t: table } });
  wanted.forEach(({ name }, index) => {
    const func = exports[String(index)];
    if (func !== undefined) made.set(name, { func, slot: firstSlot + index });
  });
  return made;
}

/** The part of a module that makeTrampolines() reads: threads do not need the whole. */
export function headOf(code: Uint8Array): Uint8Array {
  const reader = new WasmReader(code, 8);
  while (!reader.atEnd) {
    const id = reader.byte();
    reader.bytes(reader.number());
    if (id === SECTION.import) break;
  }
  return code.slice(0, reader.offset);
}

function jump(parameters: number, slot: number, type: number): number[] {
  const body = [0];
  for (let index = 0; index < parameters; ++index) body.push(LOCAL_GET, ...leb(index));
  body.push(I32_CONST, ...signedLeb(slot), RETURN_CALL_INDIRECT, ...leb(type), 0, END);
  return [...leb(body.length), ...body];
}

interface FunctionImports {
  /** Content of the section, copied whole so that the type indices stay the same. */
  typeSection: Uint8Array;
  parameterCounts: number[];
  imports: { name: string; type: number }[];
}

function readFunctionImports(code: Uint8Array): FunctionImports {
  const found: FunctionImports = { typeSection: new Uint8Array(), parameterCounts: [], imports: [] };
  const reader = new WasmReader(code, 8);
  while (!reader.atEnd) {
    const id = reader.byte();
    const length = reader.number();
    if (id === SECTION.type) {
      found.parameterCounts = readParameterCounts(reader.part(length));
      reader.offset -= length;
      found.typeSection = reader.bytes(length);
    } else if (id === SECTION.import) {
      found.imports = readImports(reader.part(length));
      break;
    } else {
      reader.bytes(length);
    }
  }
  return found;
}

function readParameterCounts(reader: WasmReader): number[] {
  return list(reader, () => {
    reader.byte();
    const parameters = reader.number();
    reader.bytes(parameters);
    reader.bytes(reader.number());
    return parameters;
  });
}

function readImports(reader: WasmReader): { name: string; type: number }[] {
  const all = list(reader, () => {
    reader.string();
    const name = reader.string();
    const kind = reader.byte();
    switch (kind) {
      case KIND.function:
        return [{ name, type: reader.number() }];
      case KIND.table:
        reader.byte();
        readLimits(reader);
        return [];
      case KIND.memory:
        readLimits(reader);
        return [];
      case KIND.global:
        reader.bytes(2);
        return [];
      case KIND.tag:
        reader.byte();
        reader.number();
        return [];
      default:
        throw new Error(`the program imports ${name} as something unknown (${kind})`);
    }
  });
  return all.flat();
}

function readLimits(reader: WasmReader): void {
  const hasMaximum = (reader.byte() & 1) === 1;
  reader.number();
  if (hasMaximum) reader.number();
}

function list<Item>(reader: WasmReader, read: () => Item): Item[] {
  return Array.from({ length: reader.number() }, read);
}

function section(id: number, content: number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function vector(items: number[][]): number[] {
  return [...leb(items.length), ...items.flat()];
}

function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)];
  return [...leb(bytes.length), ...bytes];
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

/** For non-negative values: a leading zero bit keeps them so. */
function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x40; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
