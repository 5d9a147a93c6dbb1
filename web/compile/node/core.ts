/** The parts of the compiler that Node loads: for the build, the tests and the examples. */
export { Analyser } from '../worker/analyser.js';
export { Compiler } from '../worker/compiler.js';
export { Llvm } from '../worker/llvm.js';
export { awaitsInTryInLoop } from '../worker/resume-points.js';
export { packBitstream } from './bitstream-pack.js';
export { unpackBitstream } from '../worker/bitstream-unpack.js';
