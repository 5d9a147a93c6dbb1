/** Compiles the programs of the built guide, and copies the playground into its folder. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, root, UserError } from '../../tools/process.mjs';
import { compileAhead } from '../build/prepared/compile-ahead.mjs';
import { prepareSnippets } from '../build/prepared/prepare.mjs';
import { toolsHere } from '../build/prepared/tools-here.mjs';
import { preparedFolder } from './site/folders.mjs';

const target = join(root, 'build/docs');

await main(async () => {
  /** @type {string[]} */
  const faults = [];
  const tools = {
    ...(await toolsHere()),
    compileAhead: (/** @type {Parameters<typeof compileAhead>[0]} */ programs) => compileAhead(programs, (done, all) => console.log(`[${done}/${all}] programs`)),
  };
  const { modules } = await prepareSnippets(target, join(target, preparedFolder), (text) => faults.push(text), tools);
  if (faults.length > 0) throw new UserError(faults.join('\n'));
  rmSync(join(target, 'playground'), { recursive: true, force: true });
  cpSync(join(root, 'dist'), join(target, 'playground'), { recursive: true });
  linkToGuide(join(target, 'playground/index.html'));
  console.log(`${modules} programs`);
});

/**
 * Shows the playground's link to the guide, which a playground on its own does not have.
 * @param {string} page
 */
function linkToGuide(page) {
  const text = readFileSync(page, 'utf8');
  const linked = text.replace('<a id="guide" class="menu-item" href="../" hidden>', '<a id="guide" class="menu-item" href="../">');
  if (linked === text) throw new UserError('The playground has no place for a link to the guide: see web/playground/index.html.');
  writeFileSync(page, linked);
  for (const packed of ['.br', '.gz']) rmSync(page + packed, { force: true });
}
