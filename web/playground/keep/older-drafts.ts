import { newProject } from '../../project/read-project.js';
import { idOfDraft } from './snippet.js';
import type { SnippetLibrary } from './library.js';
import type { Place } from './place.js';
import type { VisitMemory } from './visit-memory.js';

const prefix = 'asyncio-playground:';
const currentKey = `${prefix}current`;
const draftPrefix = `${prefix}draft:`;
const blank = ':blank';

/** Texts stored before snippets existed: one per example, and which was open. */
export class OlderDrafts {
  readonly #memory: VisitMemory;
  readonly #library: SnippetLibrary;

  constructor(memory: VisitMemory, library: SnippetLibrary) {
    this.#memory = memory;
    this.#library = library;
  }

  /**
   * Converts them to snippets; returns the one that was open. `title` is undefined for an example that no longer exists.
   */
  async carryOver(title: (example: string) => string | undefined): Promise<Place | undefined> {
    for (const key of this.#memory.keys(draftPrefix)) {
      const text = this.#memory.get(key);
      if (text === undefined) continue;
      const name = key.slice(draftPrefix.length);
      const example = name === blank ? undefined : title(name);
      const { durable } = await this.#library.save(idOfOlder(name), {
        base: 0,
        project: newProject(example ?? (name === blank ? 'My snippet' : name), text),
        ...(example !== undefined && { example: name }),
      });
      if (durable) this.#memory.remove(key);
    }
    const current = this.#memory.get(currentKey);
    if (current !== undefined && this.#memory.keys(draftPrefix).length === 0) this.#memory.remove(currentKey);
    if (current === undefined) return undefined;
    return { snippet: idOfOlder(current), ...(current !== blank && { example: current }) };
  }
}

function idOfOlder(name: string): string {
  return name === blank ? 'blank' : idOfDraft(name);
}
