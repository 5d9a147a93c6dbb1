import type { NetRequest } from './host.js';

/** Cookies by host. Scripts never see them in a response, so hosts set them by a special header. */
export class Cookies {
  readonly #jars = new Map<string, Map<string, string>>();

  add(request: NetRequest): void {
    const jar = this.#jars.get(request.url.host);
    if (jar === undefined || jar.size === 0) return;
    request.headers = new Headers(request.headers);
    request.headers.set(COOKIE, [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
  }

  /** Removes and stores the cookies in the response's headers. */
  keep(url: URL, headers: Headers): void {
    const set = headers.get(SET_COOKIE);
    if (set === null) return;
    const jar = this.#jars.get(url.host) ?? new Map<string, string>();
    this.#jars.set(url.host, jar);
    for (const [name, value] of new URLSearchParams(set)) {
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    headers.delete(SET_COOKIE);
  }
}

/** `Cookie` and `Set-Cookie` are forbidden to scripts; this header is used only inside the page. */
export const COOKIE = 'x-net-cookie';
export const SET_COOKIE = 'x-net-set-cookie';

export function cookiesOf(headers: Headers): Record<string, string> {
  const pairs = (headers.get(COOKIE) ?? '').split('; ').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
