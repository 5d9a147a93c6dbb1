import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../compile/build/paths.mjs';
import { memoryIsFree, options } from './prepare.mjs';
import { toolsHere } from './tools-here.mjs';
import { writePrepared } from './write-prepared.mjs';

/**
 * Compiles the playground's examples: who only looks at one and runs it waits for no compiler.
 * @param {string} out
 */
export async function prepareExamples(out) {
  const tools = await toolsHere();
  const compiler = await tools.loadCompiler();
  const compiled = new Map();
  for (const file of examples()) {
    const text = readFileSync(file, 'utf8');
    const outcome = await compiler.compile({ 'main.cpp': text }, options);
    await memoryIsFree();
    if (outcome.type !== 'compiled' || outcome.diagnostics.length > 0) {
      throw new Error(`${file} is to compile without a word:\n${JSON.stringify(outcome, undefined, 1)}`);
    }
    compiled.set(tools.programKey(text, false), outcome.module);
  }
  writePrepared(out, compiled, tools);
}

function examples() {
  const folder = join(root, 'examples');
  const files = readdirSync(folder).filter((name) => name.endsWith('.cpp')).sort();
  return [...files.map((name) => join(folder, name)), join(root, 'web/playground/starter.cpp')];
}
