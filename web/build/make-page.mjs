/** Builds the page with Vite, including the licences and the header for other compilers: `node web/build/make-page.mjs FOLDER`. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { makeApi } from '../docs/api/make.mjs';
import { writeLicences } from './licences.mjs';
import { writeSingleHeader } from './single-header/single-header.mjs';

const [folder = join(root, 'dist')] = process.argv.slice(2);

console.log('[1/2] the reference');
makeApi();
console.log('[2/2] the page');
const vite = join(root, 'node_modules/vite/bin/vite.js');
execFileSync(process.execPath, [vite, 'build', '--config', 'web/build/vite/config.ts', '--logLevel', 'warn', '--outDir', folder, '--emptyOutDir'], { cwd: root, stdio: 'inherit' });
writeLicences(folder);
await writeSingleHeader(folder);
