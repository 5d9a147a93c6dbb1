const SMALLEST_GIB = 4;

/** Whether this machine can compile what may never be run: not on a small one, nor for a user who saves data. */
export function mayCompileAhead({ deviceMemory = SMALLEST_GIB, connection }: Machine = navigator as Navigator & Machine): boolean {
  return deviceMemory >= SMALLEST_GIB && connection?.saveData !== true;
}

/** What browsers tell of the machine, if they do. */
interface Machine {
  deviceMemory?: number;
  connection?: { saveData?: boolean };
}
