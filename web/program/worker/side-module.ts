import { readDylinkInfo } from './dylink.js';
import type { DylinkInfo } from './dylink.js';
import type { MainModule } from './main-module.js';
import { headOf, makeTrampolines } from './trampolines.js';
import type { Trampoline } from './trampolines.js';

/** The program uses symbols that neither it nor the libraries define. */
export class UnresolvedSymbolsError extends Error {
  override name = 'UnresolvedSymbolsError';
  constructor(symbols: string[]) {
    const list = symbols.map((symbol) => `\n  ${symbol}`).join('');
    super(`The program uses functions or variables that are declared but not defined:${list}`);
  }
}

/**
 * Where a program is loaded. Its threads share its memory with the function pointers in it, so their tables must match.
 */
export interface Placement {
  memoryBase: number;
  tableBase: number;
  trampolineBase: number;
  /** The minimum length of the table. */
  tableLength: number;
  /** Entries of the global offset table. */
  addresses: Map<string, number>;
}

/** A loaded program, for its threads to load as well. */
export interface LoadedCode {
  /** Its binary up to the imports. */
  head: Uint8Array;
  module: WebAssembly.Module;
  placement: Placement;
}

export interface SideModule {
  /** Data addresses are relative to the load address. */
  exports: WebAssembly.Exports;
  /** Table index of the function that runs the static constructors, 0 for none. */
  constructors: number;
  loaded: LoadedCode;
}

/**
 * Loads a program into the main module without running its constructors: like dlopen, but it names every missing symbol,
 * and leaves the constructors to be run where they can wait.
 */
export function loadSideModule(main: MainModule, code: Uint8Array): SideModule {
  const module = new WebAssembly.Module(code as BufferSource);
  const loader = new Loader(main, code, module);
  const exports = loader.load();
  const constructors = exports.__wasm_call_ctors;
  return {
    exports,
    constructors: constructors === undefined ? 0 : main.emscripten.addFunction(constructors),
    loaded: { head: headOf(code), module, placement: loader.placement },
  };
}

/**
 * Loads a program into the main-module instance that threads run in. Returns a function to call before each thread
 * starts.
 */
export function loadIntoThread(main: MainModule, { head, module, placement }: LoadedCode): () => void {
  const loader = new Loader(main, head, module, placement);
  loader.load();
  return () => {
    loader.beginThread();
  };
}

class Loader {
  readonly #main: MainModule;
  readonly #code: Uint8Array;
  readonly #module: WebAssembly.Module;
  readonly #info: DylinkInfo;
  readonly #given: Placement | undefined;
  readonly #addresses = new Map<string, WebAssembly.Global<'i32'>>();
  readonly #missing: string[] = [];
  readonly #imported: WebAssembly.ModuleImportDescriptor[];
  readonly #exported: Set<string>;
  readonly #javaScript: EmbeddedJavaScript;
  #memoryBase = 0;
  #tableBase = 0;
  #trampolineBase = 0;
  #threadLocals: ThreadLocals | undefined;

  /** `given`: the existing placement, for another thread. */
  constructor(main: MainModule, code: Uint8Array, module: WebAssembly.Module, given?: Placement) {
    this.#main = main;
    this.#code = code;
    this.#module = module;
    this.#given = given;
    this.#info = readDylinkInfo(module);
    this.#imported = WebAssembly.Module.imports(module);
    this.#exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
    this.#javaScript = new EmbeddedJavaScript(main, this.#exported);
  }

  load(): WebAssembly.Exports {
    if (this.#info.neededLibraries.length > 0) {
      throw new Error(`The program needs libraries that are not available: ${this.#info.neededLibraries.join(', ')}`);
    }
    this.#place();
    const trampolines = this.#trampolines();
    const imports = this.#imports(trampolines);
    const { exports } = new WebAssembly.Instance(this.#module, imports);
    for (const [name, { slot }] of trampolines) this.#table.set(slot, exports[name]);

    this.#threadLocals = new ThreadLocals(this.#main, this.#info.threadLocalExports, exports, this.#addresses);
    this.beginThread();
    this.#fillAddresses(exports);
    // For another thread the memory is already initialised.
    const relocate = exports.__wasm_apply_data_relocs as (() => void) | undefined;
    if (this.#given === undefined) relocate?.();
    this.#javaScript.define(exports, this.#memoryBase);
    return exports;
  }

  /** Creates the program's thread-local variables for a new thread. */
  beginThread(): void {
    this.#threadLocals?.begin();
  }

  get placement(): Placement {
    return {
      memoryBase: this.#memoryBase,
      tableBase: this.#tableBase,
      trampolineBase: this.#trampolineBase,
      tableLength: this.#table.length,
      addresses: new Map([...this.#addresses].map(([name, entry]) => [name, entry.value])),
    };
  }

  get #table(): WebAssembly.Table {
    return this.#main.exports.__indirect_function_table;
  }

  #place(): void {
    if (this.#given === undefined) {
      this.#memoryBase = reserve(this.#main, this.#info.memorySize, this.#info.memoryAlignment);
      this.#tableBase = this.#table.grow(this.#info.tableSize);
      return;
    }
    const { memoryBase, tableBase, trampolineBase, tableLength } = this.#given;
    this.#memoryBase = memoryBase;
    this.#tableBase = tableBase;
    this.#trampolineBase = trampolineBase;
    this.#table.grow(Math.max(0, tableLength - this.#table.length));
  }

  /** For functions that it both imports and defines, unless the main module has them too. */
  #trampolines(): Map<string, Trampoline> {
    const own = this.#imported.filter(
      ({ kind, name }) => kind === 'function' && this.#exported.has(name) && this.#main.resolve(name) === undefined,
    );
    const names = new Set(own.map(({ name }) => name));
    if (this.#given !== undefined) return makeTrampolines(this.#code, names, this.#table, this.#trampolineBase);
    this.#trampolineBase = this.#table.length;
    return makeTrampolines(this.#code, names, this.#table);
  }

  #imports(trampolines: Map<string, Trampoline>): WebAssembly.Imports {
    const weak = this.#info.weakImports;
    const base: Record<string, WebAssembly.ImportValue> = {
      memory: this.#main.memory,
      __memory_base: new WebAssembly.Global({ value: 'i32' }, this.#memoryBase),
      __table_base: new WebAssembly.Global({ value: 'i32' }, this.#tableBase),
    };
    const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
    for (const { module, name, kind } of this.#imported) {
      const table = (imports[module] ??= {});
      if (module === 'GOT.mem' || module === 'GOT.func') {
        table[name] = this.#address(name, module === 'GOT.func', weak.has(name));
      } else {
        table[name] =
          base[name] ??
          this.#javaScript.function(name) ??
          this.#main.resolve(name) ??
          trampolines.get(name)?.func ??
          this.#absent(name, kind, weak);
      }
    }
    if (this.#missing.length > 0) {
      const symbols = [...new Set(this.#missing)].map((symbol) => this.#main.demangle(symbol));
      throw new UnresolvedSymbolsError(symbols);
    }
    return imports;
  }

  #absent(name: string, kind: WebAssembly.ImportExportKind, weak: Set<string>): WebAssembly.ImportValue {
    if (kind !== 'function' || !weak.has(name)) this.#missing.push(name);
    return () => {
      this.#main.exports.__trap();
    };
  }

  /** An entry of the global offset table; the module's own definitions are known only later. */
  #address(name: string, isFunction: boolean, weak: boolean): WebAssembly.Global<'i32'> {
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    const value = this.#mainDefinition(name, isFunction);
    if (value === undefined && !weak && !this.#exported.has(name)) this.#missing.push(name);
    const entry = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
    if (value !== undefined) entry.value = this.#addressOf(name, value);
    this.#addresses.set(name, entry);
    return entry;
  }

  /**
   * Symbols that C++ allows in several modules (inline functions, type information) come from the main module, so that
   * they are identical in both. An unmangled name is the program's own: a global variable may be called `index`, whatever
   * libc calls so.
   */
  #mainDefinition(name: string, isFunction: boolean): WebAssembly.ImportValue | undefined {
    if (this.#exported.has(name) && !name.startsWith('_Z')) return undefined;
    const value = this.#main.resolve(name);
    return (typeof value === 'function') === isFunction ? value : undefined;
  }

  #fillAddresses(exports: WebAssembly.Exports): void {
    for (const [name, entry] of this.#addresses) {
      const value = exports[name];
      if (value === undefined || this.#info.threadLocalExports.has(name)) continue;
      if (this.#mainDefinition(name, typeof value === 'function') !== undefined) continue;
      entry.value = this.#addressOf(name, value) + (typeof value === 'function' ? 0 : this.#memoryBase);
    }
  }

  #addressOf(name: string, value: WebAssembly.ImportValue): number {
    if (typeof value === 'function') return this.#slotOf(name, value);
    return this.#main.threadLocalAddress(name) ?? Number(value instanceof WebAssembly.Global ? value.value : value);
  }

  #slotOf(name: string, func: WebAssembly.ExportValue): number {
    const added = (): number => this.#main.emscripten.addFunction(func, (func as { sig?: string }).sig);
    const given = this.#given?.addresses.get(name);
    if (given === undefined) return added();
    // addFunction() wraps a function that is not WebAssembly.
    if (this.#table.get(given) === null) this.#table.set(given, isWebAssembly(func as AnyFunction) ? func : this.#table.get(added()));
    return given;
  }
}

/** The name of an exported WebAssembly function is its index. */
function isWebAssembly(func: AnyFunction): boolean {
  return /^\d+$/.test(func.name);
}

/** Thread-local variables: the program's, and those of the main module that it uses. */
class ThreadLocals {
  readonly #main: MainModule;
  readonly #init: ((block: number) => void) | undefined;
  readonly #block: number;
  readonly #own: { entry: WebAssembly.Global<'i32'>; offset: number }[] = [];
  readonly #others: { entry: WebAssembly.Global<'i32'>; name: string }[] = [];

  constructor(
    main: MainModule,
    exported: Set<string>,
    exports: WebAssembly.Exports,
    addresses: Map<string, WebAssembly.Global<'i32'>>,
  ) {
    this.#main = main;
    const { __tls_size: size, __tls_align: alignment, __wasm_init_tls: init } = exports;
    this.#init = init as ((block: number) => void) | undefined;
    this.#block = this.#init === undefined ? 0 : reserve(main, numberOf(size), numberOf(alignment));
    for (const [name, entry] of addresses) {
      if (main.threadLocalAddress(name) !== undefined) this.#others.push({ entry, name });
      else if (exported.has(name)) this.#own.push({ entry, offset: numberOf(exports[name]) });
    }
  }

  begin(): void {
    for (const { entry, offset } of this.#own) entry.value = this.#block + offset;
    for (const { entry, name } of this.#others) entry.value = this.#main.threadLocalAddress(name) ?? 0;
    if (this.#block !== 0) this.#init?.(this.#block);
  }
}

function numberOf(value: WebAssembly.ExportValue | undefined): number {
  return value instanceof WebAssembly.Global ? Number(value.value) : 0;
}

/** Memory that is never freed. */
function reserve(main: MainModule, size: number, alignment: number): number {
  if (size === 0) return 0;
  const block = main.exports.calloc(size + alignment, 1);
  if (block === 0) throw new Error(`The program's static data needs ${size} bytes: more memory than is available.`);
  return Math.ceil(block / alignment) * alignment;
}

type AnyFunction = (...values: unknown[]) => unknown;

/** EM_JS and EM_ASM: JavaScript stored in the program's data. */
class EmbeddedJavaScript {
  readonly #main: MainModule;
  readonly #exported: Set<string>;
  readonly #functions = new Map<string, AnyFunction>();

  constructor(main: MainModule, exported: Set<string>) {
    this.#main = main;
    this.#exported = exported;
  }

  /** The import for an EM_JS function. Its text can be read only once the module is instantiated. */
  function(name: string): AnyFunction | undefined {
    if (!this.#exported.has(`__em_js__${name}`)) return undefined;
    return (...values) => this.#functions.get(name)?.(...values);
  }

  define(exports: WebAssembly.Exports, memoryBase: number): void {
    for (const [name, value] of Object.entries(exports)) {
      if (!name.startsWith('__em_js__') || !(value instanceof WebAssembly.Global)) continue;
      this.#defineFunction(name.slice('__em_js__'.length), Number(value.value) + memoryBase);
    }
    this.#defineSnippets();
  }

  /** Emscripten's form: `(int count, char* name)<::>{ body }`. */
  #defineFunction(name: string, address: number): void {
    const [parameters = '', body = ''] = this.#main.readString(address).split('<::>', 2);
    const names = parameters
      .slice(1, -1)
      .split(',')
      .map((parameter) => parameter.trim().split(/[\s*]+/).at(-1) ?? '')
      .filter((parameter) => parameter !== '' && parameter !== 'void');
    const made = this.#main.emscripten.evaluate(`((${names.join(', ')}) => ${body})`);
    this.#functions.set(name, made as AnyFunction);
  }

  /** Emscripten finds an EM_ASM function by the address of its text: created at its first call. */
  #defineSnippets(): void {
    const snippets = this.#main.emscripten.evaluate('ASM_CONSTS') as Record<string, AnyFunction>;
    const make = (address: string): AnyFunction => {
      const body = this.#main.readString(Number(address));
      const names: string[] = [];
      while (body.includes(`$${names.length}`)) names.push(`$${names.length}`);
      const made = this.#main.emscripten.evaluate(`((${names.join(', ')}) => { ${body} })`) as AnyFunction;
      snippets[address] = made;
      return made;
    };
    Object.setPrototypeOf(snippets, new Proxy({}, { get: (_target, address) => make(String(address)) }));
  }
}
