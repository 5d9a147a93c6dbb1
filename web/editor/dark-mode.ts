/** The dark-mode state and its change event, as in a MediaQueryList. */
export interface DarkMode {
  readonly matches: boolean;
  addEventListener(type: 'change', listener: () => void): void;
}
