/**
 * Starts the module at `address` as a worker. A page can start a worker of its own origin only; one that imports a script
 * of another origin is of its own. To a page of an opaque origin, in a sandboxed frame, every address is of another one.
 * Such a worker also has the headers of the page, which an isolated page asks of its workers: `asPage` wants it so.
 */
export function startModuleWorker(address: string, name: string, { asPage = false } = {}): Worker {
  const { href, origin } = new URL(address, location.href);
  if (origin === self.origin && !asPage) return new Worker(href, { type: 'module', name });
  // Chromium starts no module from a blob of an opaque origin.
  return self.origin === 'null' ? startFrom(importing(href), { name }) : startFrom(`import ${JSON.stringify(href)};`, { type: 'module', name });
}

function startFrom(text: string, options: WorkerOptions): Worker {
  const start = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(start, options);
  worker.addEventListener('message', () => URL.revokeObjectURL(start), { once: true });
  return worker;
}

/** A classic script that becomes the module. What is posted to it meanwhile is kept; a failure is the worker's. */
function importing(href: string): string {
  return (
    'const early = []; onmessage = (event) => early.push(event.data);' +
    `import(${JSON.stringify(href)}).then(` +
    '() => { onmessage = null; for (const data of early) dispatchEvent(new MessageEvent("message", { data })); },' +
    '(error) => setTimeout(() => { throw error; }));'
  );
}
