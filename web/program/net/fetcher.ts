import type { Fetch } from '../io/http.js';
import { realClock } from './clock.js';
import { Net } from './net.js';
import { Random } from './random.js';

/** `fetch` for a program: `.test` is answered inside the page, all else goes to the network. */
export function fetcher(seed = 1): Fetch {
  let net: Net | undefined;
  return async (asked) => {
    const { url, signal, request } = asked;
    if (Net.serves(url)) {
      net ??= new Net({ clock: realClock, random: new Random(seed) });
      return net.answer(asked);
    }
    const response = await fetch(request ?? url, { signal });
    return { response, url: response.url, redirected: response.redirected };
  };
}
