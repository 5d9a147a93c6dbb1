import type { Answer, Asked, Fetch } from '../io/http.js';
import type { InFlight } from '../in-flight.js';
import type { Clock } from './clock.js';
import { Net } from './net.js';
import { Random } from './random.js';

/** `fetch` for a program: `.test` is answered inside the page, everything else uses the network. */
export function fetcher({ clock, inFlight, seed }: { clock: Clock; inFlight: InFlight; seed: () => number }): Fetch {
  let net: Net | undefined;
  return (asked) => {
    if (Net.serves(asked.url)) {
      net ??= new Net({ clock, random: new Random(seed()) }, (body) => inFlight.during(body));
      return net.answer(asked);
    }
    return inFlight.during(overNetwork(asked));
  };
}

async function overNetwork({ url, signal, request }: Asked): Promise<Answer> {
  const response = await fetch(request ?? url, { signal });
  return { response, url: response.url, redirected: response.redirected, takesTime: true };
}
