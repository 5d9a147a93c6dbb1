import { tabMemory } from '../keep/browser-storage.js';

const key = 'asyncio:view';

/** The tab that was open before a reload. */
export function keptView(): string | undefined {
  return tabMemory.get(key);
}

/** Where it cannot be kept nothing is lost but the choice of a tab. */
export function keepView(id: string): void {
  tabMemory.set(key, id);
}
