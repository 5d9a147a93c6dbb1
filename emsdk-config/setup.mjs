#!/usr/bin/env node
/**
 * Brings the toolchain onto this machine: Debian packages, npm packages, Emscripten. Does only what
 * is missing. `--for site` leaves out what only the tests need.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordEmscripten } from './setup/cmake.mjs';
import { installTools } from './setup/debian.mjs';
import { provideEmscripten } from './setup/emscripten.mjs';
import { provideMdbook } from './setup/mdbook.mjs';
import { installNodeModules } from './setup/npm.mjs';
import { SetupError, say } from './setup/report.mjs';

const NODE_MINIMUM = [20, 19];
const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

function main(args) {
  const purpose = purposeOf(args);
  checkNode();
  const config = JSON.parse(readFileSync(join(here, 'toolchain.json'), 'utf8'));
  const folder = join(root, 'build/toolchain');
  mkdirSync(folder, { recursive: true });

  installTools(config.tools.filter((tool) => purpose === 'all' || tool.for.includes(purpose)));
  installNodeModules(root);
  if (purpose !== 'site') {
    installNodeModules(join(root, 'tests/recipes/docusaurus'));
    provideMdbook(config, folder);
  }
  const emscripten = provideEmscripten(config, folder, root);
  recordEmscripten(folder, emscripten);
  say(`ready: Emscripten ${emscripten.version}`);
}

function purposeOf(args) {
  if (args.length === 0) return 'all';
  if (args.length === 2 && args[0] === '--for' && ['site', 'tests'].includes(args[1])) return args[1];
  throw new SetupError('usage: node emsdk-config/setup.mjs [--for site|tests]');
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1])) return;
  throw new SetupError(
    `Node.js ${process.versions.node} is too old: install Node.js ${NODE_MINIMUM.join('.')} or newer, and run this again.`,
  );
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`setup: ${error.message}\n`);
  process.exitCode = 1;
}
