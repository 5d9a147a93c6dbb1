import type { ConsoleOutput } from './console-output.js';
import type { EmscriptenModule } from './emscripten.js';

/** Connects the program's file descriptors 0, 1 and 2, and the terminal behind them, to a run. */
export function connectStandardStreams(emscripten: EmscriptenModule, output: ConsoleOutput, input: string): void {
  const stdin = new InputText(input);
  const { FS } = emscripten;

  // Whole blocks at once; Emscripten's own terminal takes single characters.
  replace(FS.getStream(0), {
    read: (_stream: unknown, buffer: Int8Array, offset: number, length: number) => {
      const bytes = stdin.take(length);
      buffer.set(bytes, offset);
      return bytes.length;
    },
  });
  const writer = (stream: 'stdout' | 'stderr') => ({
    write: (_stream: unknown, buffer: Int8Array, offset: number, length: number) => {
      output.write(stream, new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length));
      return length;
    },
  });
  replace(FS.getStream(1), writer('stdout'));
  replace(FS.getStream(2), writer('stderr'));

  // For a program that opens /dev/stdin, /dev/stdout or /dev/tty anew.
  Object.assign(FS.getStream(0).tty.ops, {
    get_char: () => stdin.take(1)[0] ?? null,
    put_char: (_terminal: unknown, character: number) => {
      output.write('stdout', Uint8Array.of(character));
    },
  });
  Object.assign(FS.getStream(2).tty.ops, {
    put_char: (_terminal: unknown, character: number) => {
      output.write('stderr', Uint8Array.of(character));
    },
  });
}

function replace(stream: { stream_ops: Record<string, unknown> }, operations: Record<string, unknown>): void {
  stream.stream_ops = { ...stream.stream_ops, ...operations };
}

/** Standard input that is known from the start; then comes the end of file. */
class InputText {
  readonly #bytes: Uint8Array;
  #read = 0;

  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text);
  }

  take(length: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.#read, this.#read + length);
    this.#read += bytes.length;
    return bytes;
  }
}
