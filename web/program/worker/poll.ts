import type { ProgramClock } from './clock.js';
import type { EmscriptenFileSystem } from './emscripten.js';
import type { Input } from './io/input.js';
import type { Pace } from './pace.js';

/** The WASI error, as a system call returns it. */
const INTERRUPTED = -27;
/** A struct pollfd: the descriptor, then the events to wait for. */
const POLLFD = { size: 8, events: 4 };
const POLLIN = 1;

export interface PollParts {
  fileSystem: Pick<EmscriptenFileSystem, 'getStream'>;
  input: Input;
  clock: Pick<ProgramClock, 'peek'>;
  pace: Pick<Pace, 'wait' | 'wake'>;
}

/** Waits for files to become ready: pipes and sockets, which notify, and standard input. */
export class Poll {
  readonly #parts: PollParts;

  constructor(parts: PollParts) {
    this.#parts = parts;
  }

  /**
   * `ready` checks the files and returns how many are ready. Resolves with that, with 0 after so many milliseconds of the
   * program's clock unless they are negative, or with a negative error number.
   */
  async wait(files: DataView, milliseconds: number, ready: () => number): Promise<number> {
    const { clock, pace, input } = this.#parts;
    const deadline = milliseconds < 0 ? Infinity : clock.peek() + milliseconds;
    let interrupted = false;
    const ends = this.#listen(files);
    ends.push(
      input.watch((how) => {
        interrupted ||= how === 'interrupted';
        pace.wake();
      }, this.#readsInput(files)),
    );
    try {
      for (;;) {
        const count = ready();
        if (count !== 0) return count;
        if (interrupted) return INTERRUPTED;
        const left = deadline - clock.peek();
        if (left <= 0) return 0;
        await pace.wait(left / 1000);
      }
    } finally {
      for (const end of ends) end();
    }
  }

  #listen(files: DataView): (() => void)[] {
    return this.#streams(files).map(({ stream }) => {
      const { listeners, entry } = stream.node.addListener(() => {
        this.#parts.pace.wake();
      });
      return () => listeners.delete(entry);
    });
  }

  #readsInput(files: DataView): boolean {
    return this.#streams(files).some(({ stream, events }) => stream.tty !== undefined && (events & POLLIN) !== 0);
  }

  #streams(files: DataView): { stream: NonNullable<ReturnType<EmscriptenFileSystem['getStream']>>; events: number }[] {
    return Array.from({ length: files.byteLength / POLLFD.size }, (_, index) => index * POLLFD.size).flatMap((at) => {
      const stream = this.#parts.fileSystem.getStream(files.getInt32(at, true));
      return stream === undefined ? [] : [{ stream, events: files.getInt16(at + POLLFD.events, true) }];
    });
  }
}
