import { UserError } from './user-error.mjs';

/**
 * Runs a command line tool's main function; a UserError becomes a sentence and an exit code.
 * @param {() => Promise<void>} action
 */
export async function main(action) {
  try {
    await action();
  } catch (error) {
    const known = asUserError(error);
    if (known === undefined) throw error;
    console.error(known.message);
    process.exitCode = known.exitCode;
  }
}

/** @param {unknown} error */
function asUserError(error) {
  if (error instanceof UserError) return error;
  if (/** @type {NodeJS.ErrnoException} */ (error)?.code === 'ENOSPC') return new UserError(`The disk is full: ${/** @type {Error} */ (error).message}`);
  return undefined;
}
