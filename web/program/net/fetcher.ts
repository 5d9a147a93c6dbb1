import type { Fetch } from '../io/http.js';
import { realClock } from './clock.js';
import { Net } from './net.js';
import { Random } from './random.js';

/** `fetch` for a program: `.test` is answered inside the page, all else goes to the network. */
export function fetcher(seed = 1): Fetch {
  let net: Net | undefined;
  return async (request) => {
    if (Net.serves(new URL(request.url))) {
      net ??= new Net({ clock: realClock, random: new Random(seed) });
      return net.fetch(request);
    }
    const response = await fetch(request);
    return { response, url: response.url, redirected: response.redirected };
  };
}
