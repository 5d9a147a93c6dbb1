/** Suspends LLVM in the middle of a run, where the browser can suspend WebAssembly. */

interface Suspending {
  new (wait: (...args: never[]) => unknown): WebAssembly.ImportValue;
}

const api = WebAssembly as unknown as {
  Suspending?: Suspending;
  promising?: (run: () => unknown) => () => Promise<unknown>;
};

export const canSuspend = api.Suspending !== undefined && api.promising !== undefined;

/** `run`, an export, as a function that can be suspended. */
export function promising(run: () => unknown): () => Promise<unknown> {
  if (api.promising === undefined) throw new Error('WebAssembly cannot be suspended here');
  return api.promising(run);
}

export class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

/** How the bundle's import that reads a file is known. */
const READ = /function="\[method\]descriptor\.read"\]/;

type Read = (descriptor: number, length: bigint, offset: bigint, result: number) => void;

/** The imports with a read that waits for the gate when it asks for exactly so many bytes. */
export function withReads(imports: WebAssembly.Imports | undefined, size: number, gate: Gate): WebAssembly.Imports {
  const changed: WebAssembly.Imports = {};
  for (const [module, values] of Object.entries(imports ?? {})) {
    changed[module] = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'function' && READ.test(value.toString()) ? waiting(value as Read, size, gate) : value]),
    );
  }
  return changed;
}

function waiting(read: Read, size: number, gate: Gate): WebAssembly.ImportValue {
  if (api.Suspending === undefined) throw new Error('WebAssembly cannot be suspended here');
  return new api.Suspending((descriptor: number, length: bigint, offset: bigint, result: number) => {
    if (length !== BigInt(size)) {
      read(descriptor, length, offset, result);
      return undefined;
    }
    return gate.opened.then(() => {
      read(descriptor, length, offset, result);
    });
  });
}
