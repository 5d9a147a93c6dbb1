/**
 * Starts the module at `address` as a worker. A page can only start workers of its own origin, but such a worker may
 * import a script of another origin. For a page of an opaque origin (a sandboxed frame) every address is cross-origin. An
 * importing worker also has the page's headers, which an isolated page requires: `asPage` requests this.
 */
export function startModuleWorker(address: string, name: string, { asPage = false } = {}): Worker {
  const { href, origin } = new URL(address, location.href);
  if (origin === self.origin && !asPage) return new Worker(href, { type: 'module', name });
  // Chromium starts no module from a blob URL of an opaque origin.
  return self.origin === 'null' ? startFrom(importing(href), { name }) : startFrom(`import ${JSON.stringify(href)};`, { type: 'module', name });
}

function startFrom(text: string, options: WorkerOptions): Worker {
  const start = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(start, options);
  worker.addEventListener('message', () => URL.revokeObjectURL(start), { once: true });
  return worker;
}

/** A classic script that imports the module. It queues messages until then, and reports failures as the worker's own. */
function importing(href: string): string {
  return (
    'const early = []; onmessage = (event) => early.push(event.data);' +
    `import(${JSON.stringify(href)}).then(` +
    '() => { onmessage = null; for (const data of early) dispatchEvent(new MessageEvent("message", { data })); },' +
    '(error) => setTimeout(() => { throw error; }));'
  );
}
