/**
 * Runs the Python file of each example and records which of them printed the expected output, for machines
 * without Python: `node tests/examples/record-python.mjs`, after a .py or an expected output has changed.
 */
import { writeFileSync } from 'node:fs';
import { commandFor, fingerprint, recordFile, runnable, runPython } from './python.mjs';

/** @type {Record<string, string>} */
const checked = {};
let wrong = 0;
for (const { name, since, expected } of runnable()) {
  const command = commandFor(since);
  if (command === undefined) throw new Error(`python3 is missing here, or older than ${since}`);
  const { exitCode, stdout, stderr } = await runPython(command, name);
  if (exitCode === 0 && stdout === expected) {
    checked[name] = fingerprint(name);
    continue;
  }
  wrong += 1;
  console.error(`${name}.py ended with ${exitCode} and printed:\n${stdout}${stderr}instead of:\n${expected}`);
}
writeFileSync(recordFile, `${JSON.stringify(checked, null, 2)}\n`);
console.log(`${Object.keys(checked).length} match, ${wrong} differ`);
process.exitCode = wrong === 0 ? 0 : 1;
