/** The entry of the npm package: loads what it needs from the assets, wherever they are hosted. */
import type { AssetOptions, CompileOptions, CompileResult, Session, SourceFiles } from './api.js';
import type { SessionScript } from './session-script.js';

export type * from './api.js';
export type * from '../embed/element-api.js';

/** Defined by web/build/package. */
declare const __PACKAGE_VERSION__: string;

/** Bundlers would treat `new URL(…, import.meta.url)` as a file of the bundle. */
const here = import.meta.url;

/**
 * Opens a session. Loads only its script; rejects with an Error if that is not where `assets` says, or has another
 * version.
 */
export async function createSession({ assets }: AssetOptions = {}): Promise<Session> {
  const { openSession, version } = (await load(assets, 'embed/session.js')) as SessionScript;
  if (version !== __PACKAGE_VERSION__) {
    throw new Error(`The assets at ${folderOf(assets).href} are of version ${version} and this is ${__PACKAGE_VERSION__}: copy them again with “asyncio-wasm assets”.`);
  }
  return openSession();
}

/** Compiles one program in a temporary session. To compile several, keep a session, and with it the compiler. */
export async function compile(source: string | SourceFiles, { assets, ...options }: AssetOptions & CompileOptions = {}): Promise<CompileResult> {
  const session = await createSession({ assets });
  try {
    return await session.compile(source, options);
  } finally {
    session.close();
  }
}

/** Defines `<asyncio-playground>` unless already defined. Rejects with an Error if it is not where `assets` says. */
export async function loadElement({ assets }: AssetOptions = {}): Promise<void> {
  await load(assets, 'embed/asyncio-playground.js');
}

function folderOf(assets: string | URL | undefined): URL {
  const folder = assets === undefined ? new URL('site/', here) : new URL(assets, document.baseURI);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}

async function load(assets: string | URL | undefined, file: string): Promise<unknown> {
  const { href } = new URL(file, folderOf(assets));
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ href);
  } catch (cause) {
    const hint = assets === undefined ? 'In a bundled page, set the option “assets” to their address. ' : '';
    throw new Error(`The assets of asyncio-wasm could not be loaded (${href}). ${hint}“asyncio-wasm assets FOLDER” copies them into a site.`, { cause });
  }
}
