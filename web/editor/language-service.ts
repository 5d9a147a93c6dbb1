import type { CompletionList, CompletionPurpose, SourcePlace } from '../protocol/completion.js';
import type { Declaration } from '../protocol/declaration.js';

/** What an editor asks while one types. Undefined when there is nothing to say. */
export interface LanguageService {
  /** The names that fit at a place of the project's files, and the parameters of the call it stands in. */
  complete(place: SourcePlace, purpose: CompletionPurpose): Promise<CompletionList | undefined>;
  /** What the runtime's headers declare. */
  declarations(): Promise<readonly Declaration[]>;
  /** The text of a header of the runtime. */
  header(name: string): Promise<string | undefined>;
  /** The text as clang-format lays it out; rejects with words for people. */
  format(text: string): Promise<string>;
}
