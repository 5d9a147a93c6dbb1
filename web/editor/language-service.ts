import type { CompletionList, CompletionPurpose, SourcePlace } from '../protocol/completion.js';
import type { Declaration } from '../protocol/declaration.js';

/** The editor's requests while typing. Undefined when there is no answer. */
export interface LanguageService {
  /** The completions at a place in the project's files, and the parameters of the enclosing call. */
  complete(place: SourcePlace, purpose: CompletionPurpose): Promise<CompletionList | undefined>;
  /** The declarations of the runtime's headers. */
  declarations(): Promise<readonly Declaration[]>;
  /** The text of a header of the runtime. */
  header(name: string): Promise<string | undefined>;
  /** The text formatted by clang-format; rejects with a user-readable error. */
  format(text: string): Promise<string>;
}
