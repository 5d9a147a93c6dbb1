import { WasmReader } from './wasm-reader.js';

/** The `dylink.0` section of a side module: its requirements for the loader. */
export interface DylinkInfo {
  memorySize: number;
  memoryAlignment: number;
  tableSize: number;
  neededLibraries: string[];
  weakImports: Set<string>;
  /** Exports that are offsets into each thread's block of thread-local variables. */
  threadLocalExports: Set<string>;
}

const SUBSECTION = { memoryInfo: 1, needed: 2, exportInfo: 3, importInfo: 4 };

const BINDING_MASK = 0x3;
const BINDING_WEAK = 0x1;
const THREAD_LOCAL = 0x100;

export function readDylinkInfo(module: WebAssembly.Module): DylinkInfo {
  const [section] = WebAssembly.Module.customSections(module, 'dylink.0');
  if (section === undefined) throw new Error('the module has no dylink.0 section: it cannot be linked dynamically');
  const info: DylinkInfo = {
    memorySize: 0,
    memoryAlignment: 1,
    tableSize: 0,
    neededLibraries: [],
    weakImports: new Set(),
    threadLocalExports: new Set(),
  };
  const reader = new WasmReader(new Uint8Array(section));
  while (!reader.atEnd) {
    const type = reader.byte();
    readSubsection(type, reader.part(reader.number()), info);
  }
  return info;
}

function readSubsection(type: number, reader: WasmReader, info: DylinkInfo): void {
  switch (type) {
    case SUBSECTION.memoryInfo:
      info.memorySize = reader.number();
      info.memoryAlignment = 2 ** reader.number();
      info.tableSize = reader.number();
      break;
    case SUBSECTION.needed:
      for (let count = reader.number(); count > 0; --count) info.neededLibraries.push(reader.string());
      break;
    case SUBSECTION.exportInfo:
      for (let count = reader.number(); count > 0; --count) {
        const name = reader.string();
        if ((reader.number() & THREAD_LOCAL) !== 0) info.threadLocalExports.add(name);
      }
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
}
