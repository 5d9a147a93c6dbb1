/** What Node loads of the compiler: for the build, the tests and the examples. */
export { Analyser } from './analyser.js';
export { Compiler } from './compiler.js';
export { Llvm } from './llvm.js';
export { awaitsInTryInLoop } from './resume-points.js';
export { packBitstream } from './bitstream-pack.js';
export { unpackBitstream } from './bitstream-unpack.js';
