// @ts-check
/**
 * `npm run build`: dist/, the static site. Brings the toolchain first and does only what is missing.
 * --quick packs the biggest files less tightly, in seconds instead of minutes: enough for this machine.
 */
import { join } from 'node:path';
import { writeLicences } from './licences.mjs';
import { precompress } from './precompress.mjs';
import { main, root, run, UserError } from './process.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== '--quick')) throw new UserError('usage: npm run build [-- --quick]');
  const quick = args.includes('--quick');

  await run(process.execPath, ['emsdk-config/setup.mjs', '--for', 'site'], 'See the message above.');
  say("the compiler's files");
  // Only now: it uses packages that the set-up has just installed.
  const { buildCompilerFiles } = await import('../compile/build/build.mjs');
  await buildCompilerFiles();
  const { makeApi } = await import('../docs/api/make.mjs');
  makeApi();
  say('the main module, and the one with threads');
  const advice = 'See the message above. To start anew, delete build/wasm and build/wasm-threads and run this again.';
  for (const preset of ['wasm', 'wasm-threads']) {
    await run('cmake', ['--preset', preset], advice);
    await run('cmake', ['--build', '--preset', preset, '--target', 'asyncio_main_module'], advice);
  }
  say('the examples');
  const { prepareExamples } = await import('../embed/build/prepare-examples.mjs');
  await prepareExamples(join(root, 'build/examples'));
  say('the page');
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], 'See the message above.');
  writeLicences();
  say(quick ? 'packing (quick)' : 'packing as tightly as possible; the first time this takes minutes');
  const files = await precompress(join(root, 'dist'), join(root, 'build/packed'), { quick });
  report(files);
});

/** @param {string} what */
function say(what) {
  console.log(`build: ${what}`);
}

/** @param {import('./precompress.mjs').Packed[]} files */
function report(files) {
  const sum = (/** @type {'size' | 'br' | 'gz'} */ key) => megabytes(files.reduce((total, file) => total + file[key], 0));
  console.log(`build: dist/ is ready: ${sum('size')}; with brotli ${sum('br')}, with gzip ${sum('gz')}`);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
