/** Whether it is dark, and when that changes: as a MediaQueryList tells it. */
export interface DarkMode {
  readonly matches: boolean;
  addEventListener(type: 'change', listener: () => void): void;
}
