export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message as it stands inside of a sentence. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '');
}
