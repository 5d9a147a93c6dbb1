import { browserMemory, tabMemory } from '../keep/browser-storage.js';
import type { OpenViews } from './view-groups.js';

const firstKey = 'asyncio:view';
const secondKey = 'asyncio:second-view';

/** The view that was open before a reload, and the second one of the last visit. */
export function keptViews(): Partial<OpenViews> {
  return { first: tabMemory.get(firstKey), second: browserMemory.get(secondKey) };
}

/** If it cannot be stored, only the choice of views is lost. */
export function keepViews({ first, second }: OpenViews): void {
  tabMemory.set(firstKey, first);
  if (second === undefined) browserMemory.remove(secondKey);
  else browserMemory.set(secondKey, second);
}
