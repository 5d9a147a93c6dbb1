import { readDylinkInfo } from './dylink.js';
import type { MainModule } from './main-module.js';
import { makeTrampolines } from './trampolines.js';
import type { Trampoline } from './trampolines.js';

/** The program uses what neither it nor the libraries define. */
export class UnresolvedSymbolsError extends Error {
  override name = 'UnresolvedSymbolsError';
  constructor(symbols: string[]) {
    const list = symbols.map((symbol) => `\n  ${symbol}`).join('');
    super(`The program uses what is declared but nowhere defined:${list}`);
  }
}

export interface SideModule {
  /** Data addresses are relative to where the module was loaded. */
  exports: WebAssembly.Exports;
  /** Index of the function in the table that runs the constructors of static objects, 0 for none. */
  constructors: number;
}

/**
 * Loads a program into the main module, all but running its constructors: like dlopen, but it names
 * every symbol that is missing, and leaves the constructors to be run where they can wait.
 */
export function loadSideModule(main: MainModule, code: Uint8Array): SideModule {
  return new Loader(main, code).load();
}

class Loader {
  readonly #main: MainModule;
  readonly #code: Uint8Array;
  readonly #module: WebAssembly.Module;
  readonly #addresses = new Map<string, WebAssembly.Global<'i32'>>();
  readonly #missing: string[] = [];
  readonly #imported: WebAssembly.ModuleImportDescriptor[];
  readonly #exported: Set<string>;
  readonly #javaScript: EmbeddedJavaScript;

  constructor(main: MainModule, code: Uint8Array) {
    this.#main = main;
    this.#code = code;
    this.#module = new WebAssembly.Module(code as BufferSource);
    this.#imported = WebAssembly.Module.imports(this.#module);
    this.#exported = new Set(WebAssembly.Module.exports(this.#module).map(({ name }) => name));
    this.#javaScript = new EmbeddedJavaScript(main, this.#exported);
  }

  load(): SideModule {
    const info = readDylinkInfo(this.#module);
    if (info.neededLibraries.length > 0) {
      throw new Error(`The program needs libraries that are not here: ${info.neededLibraries.join(', ')}`);
    }
    const memoryBase = this.#reserveMemory(info.memorySize, info.memoryAlignment);
    const tableBase = this.#main.exports.__indirect_function_table.grow(info.tableSize);
    const trampolines = this.#trampolines();
    const imports = this.#imports(memoryBase, tableBase, info.weakImports, trampolines);
    const instance = new WebAssembly.Instance(this.#module, imports);
    for (const [name, { slot }] of trampolines) this.#main.exports.__indirect_function_table.set(slot, instance.exports[name]);

    this.#fillAddresses(instance.exports, memoryBase);
    const relocate = instance.exports.__wasm_apply_data_relocs as (() => void) | undefined;
    relocate?.();
    this.#javaScript.define(instance.exports, memoryBase);
    const constructors = instance.exports.__wasm_call_ctors;
    return {
      exports: instance.exports,
      constructors: constructors === undefined ? 0 : this.#main.emscripten.addFunction(constructors),
    };
  }

  #reserveMemory(size: number, alignment: number): number {
    if (size === 0) return 0;
    const block = this.#main.exports.calloc(size + alignment, 1);
    if (block === 0) throw new Error(`The program's static data needs ${size} bytes: more memory than there is.`);
    return Math.ceil(block / alignment) * alignment;
  }

  /** For the functions that it both imports and defines, unless the main module has them too. */
  #trampolines(): Map<string, Trampoline> {
    const own = this.#imported.filter(
      ({ kind, name }) => kind === 'function' && this.#exported.has(name) && this.#main.resolve(name) === undefined,
    );
    const names = new Set(own.map(({ name }) => name));
    return makeTrampolines(this.#code, names, this.#main.exports.__indirect_function_table);
  }

  #imports(
    memoryBase: number,
    tableBase: number,
    weak: Set<string>,
    trampolines: Map<string, Trampoline>,
  ): WebAssembly.Imports {
    const base: Record<string, WebAssembly.ImportValue> = {
      __memory_base: new WebAssembly.Global({ value: 'i32' }, memoryBase),
      __table_base: new WebAssembly.Global({ value: 'i32' }, tableBase),
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

  /** An entry of the global offset table; what the module defines itself is known only later. */
  #address(name: string, isFunction: boolean, weak: boolean): WebAssembly.Global<'i32'> {
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    const value = this.#mainDefinition(name, isFunction);
    if (value === undefined && !weak && !this.#exported.has(name)) this.#missing.push(name);
    const entry = new WebAssembly.Global({ value: 'i32', mutable: true }, value === undefined ? 0 : this.#addressOf(value));
    this.#addresses.set(name, entry);
    return entry;
  }

  /**
   * What C++ allows in several modules (inline functions, type information) is the main module's, so
   * that it is one thing in both. A name without mangling is the program's own: a global variable
   * may be called `index`, whatever else libc calls so.
   */
  #mainDefinition(name: string, isFunction: boolean): WebAssembly.ImportValue | undefined {
    if (this.#exported.has(name) && !name.startsWith('_Z')) return undefined;
    const value = this.#main.resolve(name);
    return (typeof value === 'function') === isFunction ? value : undefined;
  }

  #fillAddresses(exports: WebAssembly.Exports, memoryBase: number): void {
    for (const [name, entry] of this.#addresses) {
      const value = exports[name];
      if (value === undefined || this.#mainDefinition(name, typeof value === 'function') !== undefined) continue;
      entry.value = this.#addressOf(value) + (typeof value === 'function' ? 0 : memoryBase);
    }
  }

  #addressOf(value: WebAssembly.ImportValue): number {
    if (typeof value === 'function') {
      return this.#main.emscripten.addFunction(value, (value as { sig?: string }).sig);
    }
    return Number(value instanceof WebAssembly.Global ? value.value : value);
  }
}

type AnyFunction = (...values: unknown[]) => unknown;

/** EM_JS and EM_ASM: JavaScript that the program carries in its data. */
class EmbeddedJavaScript {
  readonly #main: MainModule;
  readonly #exported: Set<string>;
  readonly #functions = new Map<string, AnyFunction>();

  constructor(main: MainModule, exported: Set<string>) {
    this.#main = main;
    this.#exported = exported;
  }

  /** The import that an EM_JS function is. Its text can be read only once the module is there. */
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

  /** Emscripten finds the function of an EM_ASM by the address of its text: made at its first call. */
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
