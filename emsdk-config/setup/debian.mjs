import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../steps/user-error.mjs';
import { tryRead, which } from './process.mjs';

/** @typedef {import('./toolchain.mjs').Tool} Tool */

const lists = '/var/lib/apt/lists';
const listsFreshMs = 24 * 3600 * 1000;

export function onDebian() {
  return which('apt-get') !== undefined && which('dpkg-query') !== undefined;
}

/**
 * The tools that are missing on this machine.
 * @param {Tool[]} tools
 */
export function missingTools(tools) {
  const absent = tools.filter((tool) => !isOnPath(tool));
  if (!onDebian()) return absent.filter(({ command }) => command !== undefined);
  const installed = installedPackages();
  return absent.filter((tool) => !installed.has(tool.package));
}

/** @param {Tool} tool */
function isOnPath({ command, or = [], variable }) {
  if (variable !== undefined && process.env[variable] !== undefined) return true;
  return [command, ...or].some((name) => name !== undefined && which(name) !== undefined);
}

/** dpkg's own database: reading it is faster than starting dpkg-query. */
function installedPackages() {
  const names = new Set();
  for (const entry of readFileSync('/var/lib/dpkg/status', 'utf8').split('\n\n')) {
    if (/^Status: .* installed$/m.test(entry)) names.add(/^Package: (.*)$/m.exec(entry)?.[1]);
  }
  return names;
}

/**
 * Installs Debian packages.
 * @param {import('../steps/steps.mjs').Step} step
 * @param {Tool[]} tools
 */
export async function installPackages(step, tools) {
  const packages = tools.map((tool) => tool.package);
  const root = rootCommand();
  if (root === undefined) {
    throw new UserError(
      `These Debian packages are missing:\n${tools.map((tool) => `  ${tool.package}: ${tool.why}`).join('\n')}\n` +
        'Installing them needs root, and sudo is not available here. Ask an administrator to run\n' +
        `  apt-get install --no-install-recommends ${packages.join(' ')}\nand run this again.`,
    );
  }
  const needs = { label: 'apt', asksPassword: root.length > 0, advice: "Check the network connection and that the machine's package sources are reachable." };
  /** @param {string[]} words */
  const asRoot = (words) => {
    const [command = '', ...args] = [...root, ...words];
    return step.tool(command, args, needs);
  };
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300'];
  const install = [...apt, 'install', '-y', '--no-install-recommends', ...packages];
  // An interrupted installation leaves packages half configured, and apt-get refuses to go on.
  await asRoot(['env', 'DEBIAN_FRONTEND=noninteractive', 'dpkg', '--configure', '-a']);
  if (listsAreFresh() && packages.every(isKnown)) {
    // The listed version of a package may have been replaced by a newer one: try again with fresh lists.
    const installed = await asRoot(install).then(() => true, () => false);
    if (installed) return;
  }
  await asRoot([...apt, 'update']);
  await asRoot(install);
}

/**
 * Whether apt's lists contain a package.
 * @param {string} name
 */
export function isKnown(name) {
  return (tryRead('apt-cache', ['show', '--no-all-versions', name]) ?? '') !== '';
}

/** The prefix of a command that needs root; undefined if root is not available. */
function rootCommand() {
  if (process.getuid?.() === 0) return [];
  if (which('sudo') === undefined) return undefined;
  return process.stdin.isTTY || tryRead('sudo', ['-n', 'true']) !== undefined ? ['sudo'] : undefined;
}

function listsAreFresh() {
  if (!existsSync(lists)) return false;
  const times = readdirSync(lists)
    .filter((name) => name.includes('_Packages'))
    .map((name) => statSync(join(lists, name)).mtimeMs);
  return times.length > 0 && Date.now() - Math.max(...times) < listsFreshMs;
}
