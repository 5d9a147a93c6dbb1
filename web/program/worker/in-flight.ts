/** What of the program's is under way outside of it: a clock that leaps does not leap over it. */
export class InFlight {
  /** Promises that the program waits for, whoever keeps them. */
  watched = 0;
  /** Of these and others, what takes real time: network, storage, what people type. */
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
