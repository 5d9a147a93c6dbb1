import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { filesBelow } from '../../emsdk-config/steps/files-below.mjs';

/** The inputs of the page: sources, and the output of earlier steps. */
const folders = ['web', 'examples', 'runtime/include', 'runtime/src'];
const files = [
  ...['package.json', 'package-lock.json', 'LICENSE', 'THIRD_PARTY_NOTICES.md', 'build/toolchain/emscripten.json'],
  ...['build/compiler/stamp', 'build/examples/manifest.json', 'build/wasm/web/program/asyncio-main.js', 'build/wasm/web/program/asyncio-main.wasm'],
];
const notInThePage = /\.test\.ts$|\.md$|^web\/docs\/(?:guide|reference|site|\.vitepress)\//;

/** Changes whenever an input of dist/ changes. */
export function siteFingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...folders.flatMap((name) => filesBelow(join(root, name))), ...files.map((name) => join(root, name))]) {
    const name = relative(root, path).split(sep).join('/');
    if (!notInThePage.test(name)) hash.update(name).update(readFileSync(path));
  }
  return hash.digest('hex');
}
