import { UserError } from '../steps/user-error.mjs';
import { which } from './process.mjs';

/**
 * Lists everything that is missing on a machine without apt, with the usual way to get each.
 * @param {import('./toolchain.mjs').Tool[]} tools
 * @param {{ name: string, get: string }[]} others
 */
export function nameWhatIsMissing(tools, others) {
  if (tools.length === 0 && others.length === 0) return;
  const brew = process.platform === 'darwin' || which('brew') !== undefined;
  const lines = [
    ...tools.map((tool) => `  ${tool.command}: ${tool.why}.\n      ${brew && tool.brew !== undefined ? `brew install ${tool.brew}` : tool.get}`),
    ...others.map(({ name, get }) => `  ${name}.\n      ${get}`),
  ];
  throw new UserError(
    `This machine has no apt, and these tools are missing:\n${lines.join('\n')}\n` + 'Put the commands on PATH under these names, and run this again.',
  );
}
