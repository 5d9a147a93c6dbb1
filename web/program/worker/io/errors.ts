/** Errors that cross into C++, which tells their kind by `name` (runtime/src/browser). */
export function ioError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
