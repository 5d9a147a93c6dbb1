/** @typedef {Pick<import('../../compile/worker/llvm.js').Llvm, 'run'>} LlvmTools */

/**
 * Runs one of LLVM's tools and returns its output file.
 * @param {LlvmTools} llvm
 * @param {string[]} args
 * @param {string} name
 */
export function make(llvm, args, name) {
  const { exitCode, output, file } = llvm.run(args, { 'main.cpp': '' });
  const made = file(name);
  if (exitCode !== 0 || made === undefined) throw new Error(`making ${name} failed:\n${output}`);
  return made;
}
