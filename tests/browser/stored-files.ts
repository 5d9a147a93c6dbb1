import type { Page } from 'puppeteer-core';

/** The text of each file by its path. */
export type Stored = Record<string, string>;

/** The content of the page's storage, read directly rather than through the page. */
export function storedFiles(page: Page, area: string): Promise<Stored> {
  return page.evaluate(async (name) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no reason given'));
      });
    const database = await settled(indexedDB.open(`asyncio-files:${name}`));
    const all = database.transaction('entries').objectStore('entries').getAll();
    const records = await settled(all as IDBRequest<{ path: string; content?: Blob | Uint8Array<ArrayBuffer> }[]>);
    database.close();
    const files: Record<string, string> = {};
    for (const { path, content } of records) {
      if (content !== undefined) files[path] = await new Blob([content]).text();
    }
    return files;
  }, area);
}
