import { openChannel } from './browser-storage.js';

/** Notifies the other tabs that have the snippet open that it was saved. */
export interface SavedElsewhere {
  id: string;
  revision: number;
  /** The save replaced one of another tab. */
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
