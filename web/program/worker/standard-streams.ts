import type { ConsoleOutput } from './console-output.js';
import type { EmscriptenModule, FileStream } from './emscripten.js';
import type { Input } from './io/input.js';

/** The flags of poll(): POLLIN | POLLRDNORM, and POLLOUT. */
const POLL = { in: 0x41, out: 4 };

/** Notifies the program's other threads, which wait in Emscripten's own way, of new input. */
export function inputChanged({ FS }: EmscriptenModule): void {
  FS.getStream(0)?.node.notifyListeners(POLL.in);
}

/** Connects the program's file descriptors 0, 1 and 2, and the terminal behind them, to a run. */
export function connectStandardStreams({ FS }: EmscriptenModule, output: ConsoleOutput, input: Input): void {
  const terminal = FS.getStream(0);
  if (terminal !== undefined) Object.assign(terminal.stream_ops, { poll: () => POLL.out | (input.ready ? POLL.in : 0) });
  // Reads and writes whole blocks; Emscripten's own terminal handles single characters.
  replace(FS.getStream(0), {
    read: (_stream: unknown, buffer: Int8Array, offset: number, length: number) => {
      const bytes = input.take(length);
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

  // For a program that opens /dev/stdin, /dev/stdout or /dev/tty itself.
  Object.assign(terminalOf(FS.getStream(0)).ops, {
    // Undefined: nothing available yet; null: the end.
    get_char: () => input.take(1)[0] ?? (input.ready ? null : undefined),
    put_char: (_terminal: unknown, character: number) => {
      output.write('stdout', Uint8Array.of(character));
    },
  });
  Object.assign(terminalOf(FS.getStream(2)).ops, {
    put_char: (_terminal: unknown, character: number) => {
      output.write('stderr', Uint8Array.of(character));
    },
  });
}

function replace(stream: FileStream | undefined, operations: Record<string, unknown>): void {
  if (stream !== undefined) stream.stream_ops = { ...stream.stream_ops, ...operations };
}

function terminalOf(stream: FileStream | undefined): { ops: Record<string, unknown> } {
  if (stream?.tty === undefined) throw new Error('a standard stream is not a terminal');
  return stream.tty;
}

/** Whether this file descriptor reads standard input: the terminal, by whatever name it was opened. */
export function readsTerminal({ FS }: EmscriptenModule, fd: number): boolean {
  return FS.getStream(fd)?.tty !== undefined;
}
