/**
 * Compiles the playground's examples into build/examples, so that running an unmodified one needs no compiler. Does
 * nothing if nothing changed.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../compiler/paths.mjs';
import { isStamped } from '../compiler/stamp.mjs';
import { memoryIsFree, options } from './prepare.mjs';
import { compilerVersion, toolsHere } from './tools-here.mjs';
import { writePrepared } from './write-prepared.mjs';

const out = join(root, 'build/examples');
const stamp = join(root, 'build/examples.stamp');

const programs = examples().map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const wanted = fingerprint();
if (!isStamped(stamp, wanted)) {
  await prepareExamples();
  writeFileSync(stamp, wanted);
}

async function prepareExamples() {
  const tools = await toolsHere();
  const toCompile = programs.map(({ text }) => ({ files: { 'main.cpp': text }, options }));
  await tools.compileAhead(toCompile, (done, all) => console.log(`[${done}/${all}] examples`));
  const compiler = await tools.loadCompiler();
  /** @type {Map<string, Uint8Array>} */
  const compiled = new Map();
  for (const { file, text } of programs) {
    const outcome = await compiler.compile({ 'main.cpp': text }, options);
    await memoryIsFree();
    // Its module would hold the library: such an example is compiled when it is run.
    if (outcome.type === 'needs-library') continue;
    if (outcome.type !== 'compiled' || outcome.diagnostics.length > 0) {
      throw new Error(`${file} must compile without warnings:\n${JSON.stringify(outcome, undefined, 1)}`);
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

function fingerprint() {
  const hash = createHash('sha256').update(compilerVersion()).update(JSON.stringify(options));
  for (const name of ['snippet-text.ts', 'text-key.ts', 'prepared.ts']) hash.update(readFileSync(join(root, 'web/engine/prepared', name)));
  for (const { text } of programs) hash.update(text).update('\0');
  return hash.digest('hex');
}
