/** `npm run single-header [-- FOLDER]`: writes asyncio.hpp, the native runtime as one header, into build/single or the folder. */
import { join, relative, resolve } from 'node:path';
import { writeSingleHeader } from '../web/build/single-header/single-header.mjs';
import { main, root, UserError } from './process.mjs';

await main(async () => {
  const [folder = join(root, 'build/single'), ...more] = process.argv.slice(2);
  if (more.length > 0 || folder.startsWith('-')) throw new UserError('usage: npm run single-header [-- FOLDER]');
  const path = await writeSingleHeader(resolve(folder));
  console.log(`single-header: ${relative(process.cwd(), path)}`);
});
