import { existsSync } from 'node:fs';
import { UserError } from '../emsdk-config/steps/user-error.mjs';

const candidates = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

export function isChromiumThere() {
  return chromiumPath() !== undefined;
}

/** CHROMIUM in the environment, or where Debian and others put it. */
export function findChromium() {
  const path = chromiumPath();
  if (path === undefined) throw new UserError('Chromium was not found: npm run setup installs it on Debian; elsewhere install it, or set CHROMIUM to its path.');
  if (!existsSync(path)) throw new UserError(`CHROMIUM names a file that does not exist: ${path}`);
  return path;
}

function chromiumPath() {
  return process.env['CHROMIUM'] ?? candidates.find((path) => existsSync(path));
}
