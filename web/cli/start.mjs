// @ts-check
/**
 * `npm start`: brings and builds what is missing, then serves the playground and says where.
 * `npm start -- --isolated` serves it so that programs have real threads.
 */
import { main, run, UserError } from './process.mjs';

await main(async () => {
  if (process.argv.slice(2).some((arg) => arg !== '--isolated')) throw new UserError('usage: npm start [-- --isolated]');
  await run(process.execPath, ['web/cli/build.mjs', '--quick'], 'See the message above.');
  await import('./serve.mjs');
});
