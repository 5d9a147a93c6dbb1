/**
 * The site's service worker. It caches a version of the site for offline visits and, for users who want real threads
 * where the site's server does not send the required headers, adds the headers that make the page cross-origin isolated.
 */
import type { ServiceReply, ServiceRequest, SiteFiles } from '../../../protocol/service.js';
import { SiteCache } from './site-cache.js';

declare const self: ServiceWorkerGlobalScope;
/** Inserted by the build. */
declare const __SITE_FILES__: SiteFiles;

/** Timeout of a page's network requests, milliseconds. */
const patience = 3_000;
const settings = 'asyncio-settings';

const scope = self.registration.scope;
const isolatedMark = new URL('./isolated', scope).href;
const page = new URL('./index.html', scope).href;
let isolating: Promise<boolean> | undefined;
const cache = new SiteCache(caches, scope, __SITE_FILES__);

self.addEventListener('install', () => {
  // Immediately: pages already open still find the files of their own version.
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  event.respondWith(answer(request));
});

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const [port] = event.ports;
  if (port === undefined) return;
  const reply = act(event.data as ServiceRequest).then(
    (state) => port.postMessage(state),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      port.postMessage({ type: 'failed', message } satisfies ServiceReply);
    },
  );
  event.waitUntil(reply);
});

async function act(request: ServiceRequest): Promise<ServiceReply> {
  switch (request.type) {
    case 'ask':
      break;
    case 'isolate': {
      const kept = await caches.open(settings);
      await (request.on ? kept.put(isolatedMark, new Response('')) : kept.delete(isolatedMark));
      isolating = undefined;
      break;
    }
    case 'keep': {
      await cache.keepNeeded();
      const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      if (pages.length === 1) await cache.forgetOtherVersions();
      break;
    }
  }
  const files = [...__SITE_FILES__.needed, ...__SITE_FILES__.others];
  return { type: 'state', isolates: await isolates(), files };
}

async function answer(request: Request): Promise<Response> {
  const response = await (request.mode === 'navigate' ? opened(request) : file(request));
  // A redirect that the browser follows itself cannot be recreated.
  if (response.type === 'opaqueredirect' || !(await isolates())) return response;
  const headers = new Headers(response.headers);
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-embedder-policy', 'require-corp');
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

/** The newest page available: the server's or, offline, the cached one. */
async function opened(request: Request): Promise<Response> {
  const [url = ''] = request.url.split(/[?#]/, 1);
  const kept = url === scope || url === page ? await cache.match(page) : undefined;
  if (kept === undefined) return fetch(request);
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => resolve(kept), patience);
  });
  return Promise.race([fetch(request), late]).catch(() => kept);
}

function file(request: Request): Promise<Response> {
  const [url = ''] = request.url.split(/[?#]/, 1);
  return cache.has(url) ? cache.get(url) : fetch(request).catch(async (error: unknown) => {
    const old = await cache.match(url);
    if (old === undefined) throw error;
    return old;
  });
}

function isolates(): Promise<boolean> {
  isolating ??= readIsolation().catch(() => {
    // A storage that failed may work the next time.
    isolating = undefined;
    return false;
  });
  return isolating;
}

async function readIsolation(): Promise<boolean> {
  const kept = await caches.open(settings);
  return (await kept.match(isolatedMark)) !== undefined;
}
