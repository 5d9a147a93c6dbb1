import { UserError } from '../steps/user-error.mjs';

const minimum = /** @type {const} */ ([20, 19]);

/** Called first: an older Node.js may not even parse the modules that are imported later. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return;
  throw new UserError(`Node.js ${process.versions.node} is too old: install Node.js ${minimum.join('.')} or newer, and run this again.`);
}
