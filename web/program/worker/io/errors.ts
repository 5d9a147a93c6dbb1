/** Errors passed to C++, which distinguishes them by `name` (runtime/src/browser). */
export function ioError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
