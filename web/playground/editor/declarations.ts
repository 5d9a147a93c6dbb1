import type { Declaration } from '../../protocol/declaration.js';

/** Next to index.html; web/build/vite/api-reference.ts defines the name. */
declare const __API_REFERENCE__: string;

let loading: Promise<readonly Declaration[]> | undefined;

/** The declarations of the runtime's headers, fetched on first use; after a failure, fetched again on the next. */
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
