/** Why files cannot be opened, as a sentence. */
export class FileError extends Error {}
