import { InFlight } from '../in-flight.js';

/** Notifies the program how a promise that it waits for has settled. */
export type Settle = (number: number, fulfilled: boolean, value: unknown) => void;

/** Promises that the program waits for, by number. */
export class Promises {
  readonly #inFlight: InFlight;
  #settle: Settle | undefined;

  constructor(inFlight = new InFlight()) {
    this.#inFlight = inFlight;
  }

  connect(settle: Settle): void {
    this.#settle = settle;
  }

  watch(promise: Promise<unknown>, number: number): void {
    this.#inFlight.watched += 1;
    const settle = (fulfilled: boolean, value: unknown): void => {
      this.#inFlight.watched -= 1;
      this.#settle?.(number, fulfilled, value);
    };
    promise.then(
      (value) => {
        settle(true, value);
      },
      (error: unknown) => {
        settle(false, error);
      },
    );
  }
}
