const ofProgram = /(?:at |^)main\.wasm\.(.+?)(?: \(wasm:| \(?<|@)/;
/** The parts of a coroutine, which is told with its line by the runtime; the standard library's; the compiler's own. */
const unseen = / \(\.(?:resume|destroy|cleanup)\)|\[clone |^(?:[\w:<>, *&]+ )?std::|^__(?!original_main)|^main$/;

/**
 * The program's own functions on the stack of an error, outermost first.
 * @param stack of an error that WebAssembly threw
 */
export function calledFunctions(stack: string): string[] {
  const names = stack.split('\n').flatMap((line) => ofProgram.exec(line.trim())?.[1] ?? []);
  const own = names.map(readable).filter((name) => !unseen.test(name));
  return own.map((name) => (name === '__original_main' || name === '__main_argc_argv' ? 'main' : name)).reverse();
}

/** Without libc++'s own namespace, and the allocators that nobody chose. */
function readable(name: string): string {
  return name.replaceAll('std::__2::', 'std::').replace(/, std::allocator<[^<>]*>/g, '');
}
