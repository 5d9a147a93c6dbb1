import { root } from '../emsdk-config/setup/toolchain.mjs';
import { join } from 'node:path';
import { UserError } from '../emsdk-config/steps/user-error.mjs';
import { serveSite } from './site-server.mjs';

const usualPort = 8080;

/**
 * Serves dist/ and prints the URL: on the port in PORT, else on 8080 or, if that is in use, on a free port.
 * `isolated` sends the headers that give programs real threads.
 * @param {{ isolated: boolean }} options
 */
export async function servePlayground({ isolated }) {
  const site = await listen(isolated);
  console.log(`\nThe playground is at ${site.url}`);
  return site;
}

/** @param {boolean} isolated */
async function listen(isolated) {
  const dist = join(root, 'dist');
  const named = process.env['PORT'];
  const port = Number(named ?? usualPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UserError(`PORT is not a valid port: ${named}`);
  try {
    return await serveSite({ root: dist, port, isolated });
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EADDRINUSE' && named === undefined) {
      console.log(`Port ${port} is in use; using a free one.`);
      return serveSite({ root: dist, port: 0, isolated });
    }
    throw new UserError(`The server cannot listen at port ${port}: ${message}`);
  }
}
