// @ts-check
/** `npm start`: brings and builds what is missing, then serves the playground and says where. */
import { main, run } from './process.mjs';

await main(async () => {
  await run(process.execPath, ['web/cli/build.mjs', '--quick'], 'See the message above.');
  await import('./serve.mjs');
});
