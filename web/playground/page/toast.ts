import { make, makeButton } from '../keep/dom.js';
import { shorten } from '../../protocol/shorten.js';

/** Maximum characters: longer messages are not read, and may contain a program's text. */
const longest = 1_000;

/** A way to go on after a message. */
export interface Remedy {
  label: string;
  apply: () => void;
}

/** A message over the page, which moves nothing. Its buttons close it first. */
export function makeToast(className: string, message: string, close: () => void, remedy?: Remedy): HTMLElement {
  const buttons = make('span', 'toast-buttons');
  if (remedy !== undefined) {
    const apply = (): void => {
      close();
      remedy.apply();
    };
    buttons.append(makeButton(remedy.label, apply, { className: '' }));
  }
  buttons.append(makeButton('Close', close));
  return make('div', `toast ${className}`, make('span', '', shorten(message, longest)), buttons);
}
