/** A failure the user can do something about: printed without a stack trace. */
export class SetupError extends Error {}

export function say(text) {
  process.stdout.write(`setup: ${text}\n`);
}
