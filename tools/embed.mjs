/**
 * `npm run embed -- FOLDER [--out FOLDER]`: compiles the snippets in the pages of a folder ahead of time, so that a
 * reader who only presses Run downloads no compiler.
 */
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main, UserError } from './process.mjs';

const usage = 'usage: npm run embed -- FOLDER [--out FOLDER]';

await main(async () => {
  const { folder, out } = readArguments(process.argv.slice(2));
  const { prepareSnippets } = await import('../web/build/prepared/prepare.mjs');
  const { isBuilt, toolsHere } = await import('../web/build/prepared/tools-here.mjs');
  if (!isBuilt()) throw new UserError('The compiler and the runtime are not built: run npm run build.');
  const { snippets, modules, bytes, failed } = await prepareSnippets(folder, out, (text) => console.error(text), await toolsHere());
  if (failed > 0) throw new UserError(`embed: ${failed} of ${snippets} snippets could not be compiled. Nothing was written.`);
  console.log(`embed: ${snippets} snippets, ${modules} modules of ${Math.round(bytes / 1000)} kB in ${relative(process.cwd(), out) || '.'}`);
  console.log(`embed: the pages find them by <link rel="asyncio-snippets" href="${relative(folder, join(out, 'manifest.json'))}">, the address as seen from the page`);
});

/** @param {string[]} args */
function readArguments(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' } } });
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const [given, ...more] = parsed.positionals;
  if (given === undefined || more.length > 0) throw new UserError(usage);
  const folder = resolve(given);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UserError(`There is no folder ${given}.`);
  return { folder, out: resolve(parsed.values.out ?? join(folder, 'asyncio-snippets')) };
}
