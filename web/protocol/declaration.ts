/** A public declaration of the runtime's headers; web/docs/api makes them. */
export interface Declaration {
  /** `asyncio::Queue::put` */
  name: string;
  kind: 'function' | 'class' | 'enum' | 'alias' | 'variable' | 'concept';
  /** As it stands in the header, without a body. */
  signature: string;
  /** The words above it, in Markdown; empty when there are none. */
  comment: string;
  /** As a program includes it: `asyncio/queue.hpp`. */
  file: string;
  /** From 1. */
  line: number;
}
