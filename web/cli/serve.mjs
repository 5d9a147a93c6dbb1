// @ts-check
/** Serves dist/. --isolated sends the headers by which programs get real threads. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveSite } from './site-server.mjs';

const root = fileURLToPath(new URL('../../dist', import.meta.url));
const wanted = Number(process.env['PORT'] ?? 8080);
const isolated = process.argv.includes('--isolated');

if (!existsSync(`${root}/index.html`)) {
  console.error('There is no built page in dist/: run npm run build first.');
  process.exit(1);
}

const site = await listen(wanted);
console.log(`\nThe playground is at ${site.url}\nCtrl+C ends it.`);

/**
 * The port that was asked for, or a free one where another program has it.
 * @param {number} port
 */
async function listen(port) {
  try {
    return await serveSite({ root, port, isolated });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EADDRINUSE' || process.env['PORT'] !== undefined) throw error;
    console.log(`Port ${port} is in use; taking a free one.`);
    return serveSite({ root, port: 0, isolated });
  }
}
