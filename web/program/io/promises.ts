/** Tells the program how a promise that it waits for has settled. */
export type Settle = (number: number, fulfilled: boolean, value: unknown) => void;

/** Promises that the program waits for, each by its number. */
export class Promises {
  #settle: Settle | undefined;

  connect(settle: Settle): void {
    this.#settle = settle;
  }

  watch(promise: Promise<unknown>, number: number): void {
    promise.then(
      (value) => this.#settle?.(number, true, value),
      (error: unknown) => this.#settle?.(number, false, error),
    );
  }
}
