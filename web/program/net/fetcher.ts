import type { Answer, Asked, Fetch } from '../io/http.js';
import { realClock } from './clock.js';
import { Net } from './net.js';
import { Random } from './random.js';

/** `fetch` for a program: `.test` is answered inside the page, all else goes to the network. */
export function fetcher(seed = 1): Fetch {
  let net: Net | undefined;
  return (asked) => {
    if (Net.serves(asked.url)) {
      net ??= new Net({ clock: realClock, random: new Random(seed) });
      return net.answer(asked);
    }
    return overNetwork(asked);
  };
}

async function overNetwork({ url, signal, request }: Asked): Promise<Answer> {
  const response = await fetch(request ?? url, { signal });
  return { response, url: response.url, redirected: response.redirected };
}
