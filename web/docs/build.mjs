// @ts-check
/**
 * `npm run docs`: the guide as a static site in build/docs, with the playground in its folder.
 *   --base /PATH/   the path it will lie under
 *   --serve         serves it afterwards, on this machine only
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, root, run, UserError } from '../cli/process.mjs';
import { serveSite } from '../cli/site-server.mjs';
import { preparedFolder } from './site/folders.mjs';

const playground = join(root, 'dist');

await main(async () => {
  const { base, serve } = readArguments();
  // Only now: it uses packages that a fresh copy does not have yet.
  const { prepareSnippets } = await import('../embed/build/prepare.mjs');
  const { isBuilt, toolsHere } = await import('../embed/build/tools-here.mjs');
  if (!existsSync(join(playground, 'embed')) || !isBuilt()) {
    throw new UserError("The guide's programs run by the playground, which is not built: run npm run build first.");
  }
  process.env['ASYNCIO_DOCS_BASE'] = base;
  const target = join(root, 'build/docs');
  const vitepress = join(root, 'node_modules/vitepress/bin/vitepress.js');
  await run(process.execPath, [vitepress, 'build', 'web/docs'], 'See the message above.');
  /** @type {string[]} */
  const faults = [];
  const { modules } = await prepareSnippets(target, join(target, preparedFolder), (text) => faults.push(text), await toolsHere());
  if (faults.length > 0) throw new UserError(`The guide's programs are to compile without a warning:\n${faults.join('\n')}`);
  cpSync(playground, join(target, 'playground'), { recursive: true });
  console.log(`docs: build/docs is ready, with ${modules} programs compiled`);
  if (!serve) return;
  const site = await serveSite({ root: target, base, port: Number(process.env['PORT'] ?? 8081) });
  console.log(`\nThe guide is at ${site.url}\nCtrl+C ends it.`);
});

function readArguments() {
  try {
    const { values } = parseArgs({ options: { base: { type: 'string', default: '/' }, serve: { type: 'boolean', default: false } } });
    if (!/^\/(?:.*\/)?$/.test(values.base)) throw new Error(`--base begins and ends with a slash; this does not: ${values.base}`);
    return values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\nusage: npm run docs [-- --base /PATH/ --serve]`);
  }
}
