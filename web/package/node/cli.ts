#!/usr/bin/env node
/** The command `asyncio-wasm`. */
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyAssets, embed } from './index.js';

const usage = `usage: asyncio-wasm embed FOLDER [--out FOLDER]
         compiles the snippets in the HTML and Markdown of a folder ahead of time
       asyncio-wasm assets FOLDER
         copies what the pages load into a folder of the site`;

class UsageError extends Error {}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`asyncio-wasm: ${error instanceof Error ? error.message : String(error)}${error instanceof UsageError ? `\n${usage}` : ''}`);
  process.exitCode = 1;
}

async function main(args: string[]): Promise<void> {
  const { command, folder, out } = readArguments(args);
  switch (command) {
    case 'embed':
      await embedFolder(folder, out);
      return;
    case 'assets':
      if (out !== undefined) throw new UsageError('assets needs one folder, and does not accept --out');
      copyAssets(folder);
      console.log(`assets: ${relative('', folder) || '.'} holds embed/asyncio-playground.js and what it loads`);
      return;
    default:
      throw new UsageError(`unknown command ${command}`);
  }
}

async function embedFolder(folder: string, out = join(folder, 'asyncio-snippets')): Promise<void> {
  const { snippets, modules, bytes, failed } = await embed(folder, { out });
  if (failed > 0) throw new Error(`${failed} of ${snippets} snippets could not be compiled. Nothing was written.`);
  console.log(`embed: ${snippets} snippets, ${modules} modules of ${Math.round(bytes / 1000)} kB in ${relative('', out) || '.'}`);
  console.log(`embed: the pages find them by <link rel="asyncio-snippets" href="${relative(folder, join(out, 'manifest.json'))}">, the address as seen from the page`);
}

function readArguments(args: string[]): { command: string; folder: string; out: string | undefined } {
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const [command, folder, ...more] = parsed.positionals;
  if (command === undefined || folder === undefined || more.length > 0) throw new UsageError('a command and a folder are needed');
  const { out } = parsed.values;
  return { command, folder: resolve(folder), out: out === undefined ? undefined : resolve(out) };
}
