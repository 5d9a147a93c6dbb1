/** `npm run package`: builds build/package/, the npm package asyncio-wasm, and its tarball beside it. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode } from '../emsdk-config/setup/check-node.mjs';
import { Steps } from '../emsdk-config/steps/steps.mjs';
import { buildAlone } from '../web/build/build-lock.mjs';
import { main, root } from './process.mjs';
import { buildSite, siteStepCount, rarelyNeededStepCount } from '../web/build/site-steps.mjs';

const site = join(root, 'dist');
const target = join(root, 'build/package');

await main(async () => {
  checkNode();
  const steps = new Steps({ root, count: siteStepCount + rarelyNeededStepCount });
  await buildAlone(steps, () => buildSite(steps, { quick: true, rarelyNeeded: true }));
  const { buildScripts } = await import('../web/build/package/scripts.mjs');
  const { writeDeclarations } = await import('../web/build/package/declarations.mjs');
  const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  // Precompressed files are for servers that support them; npm and most hosts compress by themselves.
  cpSync(site, join(target, 'site'), { recursive: true, filter: (path) => !/\.(?:br|gz)$/.test(path) });
  await buildScripts(target, version);
  writeDeclarations(join(root, 'web'), ['package/index.ts', 'package/node/index.ts'], join(target, 'types'));
  for (const name of ['LICENSE', 'THIRD_PARTY_NOTICES.md']) copyFileSync(join(root, name), join(target, name));
  copyFileSync(join(root, 'web/package/README.md'), join(target, 'README.md'));
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest(version, license, engines), undefined, 2)}\n`);
  pack();
});

/**
 * @param {string} version
 * @param {string} license
 * @param {Record<string, string>} engines
 */
function manifest(version, license, engines) {
  return {
    name: 'asyncio-wasm',
    version,
    description: 'C++ with asyncio, compiled and run in the page: an element for documentation, and a compiler for pages of your own',
    keywords: ['asyncio', 'c++', 'coroutines', 'clang', 'webassembly', 'playground', 'documentation', 'custom-element'],
    license,
    type: 'module',
    engines,
    exports: {
      '.': { types: './types/package/index.d.ts', default: './index.js' },
      './node': { types: './types/package/node/index.d.ts', default: './node/index.js' },
      './site/*': './site/*',
      './package.json': './package.json',
    },
    bin: { 'asyncio-wasm': 'node/cli.js' },
    files: ['index.js', 'node', 'site', 'types', 'THIRD_PARTY_NOTICES.md'],
    sideEffects: ['./site/embed/asyncio-playground.js', './node/cli.js'],
  };
}

function pack() {
  const answer = execFileSync('npm', ['pack', '--json', '--pack-destination', join(root, 'build')], {
    cwd: target,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(answer);
  console.log(`package: build/${filename}: ${megabytes(size)} packed, ${megabytes(unpackedSize)} unpacked, ${entryCount} files`);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
