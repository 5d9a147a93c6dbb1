/** The program's pending external operations: a clock that leaps does not leap over them. */
export class InFlight {
  /** Promises that the program waits for, of any origin. */
  watched = 0;
  /** Operations that take real time: network, storage, user input. */
  real = 0;

  async during<T>(work: Promise<T>): Promise<T> {
    this.real += 1;
    try {
      return await work;
    } finally {
      this.real -= 1;
    }
  }
}
