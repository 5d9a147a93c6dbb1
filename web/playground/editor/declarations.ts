import type { Declaration } from '../../protocol/declaration.js';

/** Beside index.html; web/build/vite/api-reference.ts names it. */
declare const __API_REFERENCE__: string;

let loading: Promise<readonly Declaration[]> | undefined;

/** What the runtime's headers declare: fetched when first asked for; after a failure, when asked again. */
export function loadDeclarations(): Promise<readonly Declaration[]> {
  loading ??= fetchDeclarations().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchDeclarations(): Promise<readonly Declaration[]> {
  const response = await fetch(new URL(__API_REFERENCE__, document.baseURI));
  if (!response.ok) throw new Error(`the reference could not be loaded (${response.status})`);
  return (await response.json()) as Declaration[];
}
