import { tabMemory } from '../keep/browser-storage.js';

const key = 'asyncio:view';

/** The tab that was open before a reload. */
export function keptView(): string | undefined {
  return tabMemory.get(key);
}

/** If it cannot be stored, only the choice of a tab is lost. */
export function keepView(id: string): void {
  tabMemory.set(key, id);
}
