import { openChannel } from './browser-storage.js';

/** That a snippet was saved, for the other tabs that have it open. */
export interface SavedElsewhere {
  id: string;
  revision: number;
  /** The save took the place of what another tab had saved. */
  displaced: boolean;
}

/** The other tabs of this page. */
export interface Tabs {
  say(message: SavedElsewhere): void;
  onSaved(listener: (message: SavedElsewhere) => void): void;
}

export class ChannelTabs implements Tabs {
  readonly #channel = openChannel('asyncio-snippets');

  say(message: SavedElsewhere): void {
    this.#channel?.postMessage(message);
  }

  onSaved(listener: (message: SavedElsewhere) => void): void {
    this.#channel?.addEventListener('message', (event: MessageEvent<SavedElsewhere>) => listener(event.data));
  }
}
