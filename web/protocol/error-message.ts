export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message in a form that fits into a sentence. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '');
}
