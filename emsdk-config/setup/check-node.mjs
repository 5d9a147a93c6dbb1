import { UserError } from '../steps/user-error.mjs';

const minimum = /** @type {const} */ ([20, 19]);

/** Before all else: what is imported later may not even be read by an older one. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return;
  throw new UserError(`Node.js ${process.versions.node} is too old: install Node.js ${minimum.join('.')} or newer, and run this again.`);
}
