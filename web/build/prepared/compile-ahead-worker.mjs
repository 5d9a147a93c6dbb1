/** One of the compiler processes of compile-ahead.mjs. */
import { memoryIsFree } from './prepare.mjs';
import { toolsHere } from './tools-here.mjs';

const ready = toolsHere().then((tools) => tools.loadCompiler());

process.on('message', async ({ files, options }) => {
  await (await ready).compile(files, options);
  await memoryIsFree();
  process.send?.('done');
});
