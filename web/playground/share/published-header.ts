import { messageOf } from '../../protocol/error-message.js';

/** The address of the runtime's single header, or why Compiler Explorer cannot fetch it, as a sentence. */
export type PublishedHeader = { url: string; problem?: undefined } | { url?: undefined; problem: string };

const advice = 'Compiler Explorer has no <asyncio.hpp>, and fetches it from the site of this page.';

/** Looks for the header beside the page. Compiler Explorer's own page fetches it, so it must be there for other sites too. */
export async function publishedHeader(page: string, ask: typeof fetch = fetch): Promise<PublishedHeader> {
  const url = new URL('asyncio.hpp', page);
  if (url.protocol !== 'https:' || isLocal(url.hostname)) {
    return { problem: `${advice} This one is not public: only plain C++ compiles there. On a public https:// address this snippet does too.` };
  }
  try {
    const { ok, status, headers } = await ask(url, { method: 'HEAD' });
    if (!ok) return { problem: `${advice} ${url.href} is not there (${status}): the site needs the file from its build.` };
    if (headers.get('access-control-allow-origin') !== '*') {
      return { problem: `${advice} The server lets no other site read it: for asyncio.hpp it must send “Access-Control-Allow-Origin: *”.` };
    }
    return { url: url.href };
  } catch (error) {
    return { problem: `${advice} ${url.href} cannot be reached: ${messageOf(error)}` };
  }
}

function isLocal(host: string): boolean {
  return /^localhost$|\.(?:localhost|local|internal)$|^\[|^127\.|^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(host);
}
