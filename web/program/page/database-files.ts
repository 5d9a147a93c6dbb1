import type { DatabaseCode } from '../../protocol/database.js';

/** Inserted by the build. Scripts are in a sibling folder. */
declare const __DATABASE_FOLDER__: string;

/** The location of the page's PostgreSQL, which `npm start` builds last. */
const here = import.meta.url; // apart, or Vite takes what follows for files of the build
const folder = new URL(`../${__DATABASE_FOLDER__}/`, here);

/** Fetches it; the browser's cache keeps it for the next run. Rejects with a user-readable error. */
export async function fetchDatabase(): Promise<DatabaseCode> {
  const [script, module, initdb, data] = await Promise.all(['database-worker.js', 'pglite.wasm', 'initdb.wasm', 'pglite.data'].map(get));
  if (script === undefined || module === undefined || initdb === undefined || data === undefined) throw new Error('unreachable');
  return { script: new TextDecoder().decode(script), module, initdb, data };
}

async function get(name: string): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(new URL(name, folder));
  } catch (cause) {
    throw new Error(`the database could not be downloaded (${name}). Check the network connection.`, { cause });
  }
  if (response.status === 404) {
    throw new Error('the database is not available: if `npm start` serves this page, it is still being built. Try again in a minute.');
  }
  if (!response.ok) throw new Error(`the database could not be downloaded: the server answered ${response.status} for ${name}.`);
  return response.arrayBuffer();
}
