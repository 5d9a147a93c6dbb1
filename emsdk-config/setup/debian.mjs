import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeeds, tryRead, which } from './process.mjs';
import { SetupError, say } from './report.mjs';

const LISTS = '/var/lib/apt/lists';
const LISTS_FRESH_MS = 24 * 3600 * 1000;

export function onDebian() {
  return which('apt-get') !== undefined && which('dpkg-query') !== undefined;
}

/** Installs those of `tools` which are missing, or says how to. */
export function installTools(tools) {
  const missing = onDebian() ? missingPackages(tools) : missingCommands(tools);
  if (missing.length === 0) return;

  const named = missing.map((tool) => `  ${tool.package}: ${tool.why}`).join('\n');
  if (!onDebian()) {
    throw new SetupError(
      `missing on this machine:\n${named}\n` +
        'Only Debian and its relatives are set up automatically. Install these (the names are ' +
        "Debian's), put their commands on PATH under the names " +
        `${missing.map((tool) => tool.command).join(', ')}, and run this again.`,
    );
  }

  const root = rootCommand();
  const packages = missing.map((tool) => tool.package);
  if (root === undefined) {
    throw new SetupError(
      `missing packages:\n${named}\n` +
        'Installing them needs root, and sudo cannot be used here. Ask an administrator to run\n' +
        `  apt-get install --no-install-recommends ${packages.join(' ')}\nand run this again.`,
    );
  }
  say(`installing Debian packages:\n${named}`);
  install(root, packages);
}

function missingPackages(tools) {
  const absent = tools.filter((tool) => !(tool.command && which(tool.command)));
  if (absent.length === 0) return [];
  const names = absent.map((tool) => tool.package);
  // dpkg-query fails when it does not know one of the names, but still prints the others.
  const states = tryRead('sh', [
    '-c',
    `dpkg-query -W -f '\${Package} \${db:Status-Status}\\n' "$@" 2>/dev/null; true`,
    'sh',
    ...names,
  ]);
  const installed = new Set(
    (states ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return absent.filter((tool) => !installed.has(tool.package));
}

function missingCommands(tools) {
  return tools.filter((tool) => tool.command && !which(tool.command));
}

/** The words to put before a command that needs root; undefined when there are none. */
function rootCommand() {
  if (process.getuid() === 0) return [];
  if (which('sudo') === undefined) return undefined;
  const canAsk = process.stdin.isTTY;
  return canAsk || tryRead('sudo', ['-n', 'true']) !== undefined ? ['sudo'] : undefined;
}

function install(root, packages) {
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const apt = [...root, ...environment, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300'];
  const [command, ...prefix] = apt;
  const update = () => succeeds(command, [...prefix, 'update']);
  const add = ['install', '-y', '--no-install-recommends', ...packages];

  // An installation cut short leaves packages half configured, and apt-get refuses to go on.
  const [first, ...rest] = [...root, 'dpkg', '--configure', '-a'];
  run(first, rest, 'dpkg could not finish an earlier installation: see its message above.');

  if (!listsAreFresh()) {
    update();
    run(command, [...prefix, ...add], 'See apt-get\'s message above; are the machine\'s package sources reachable?');
    return;
  }
  if (succeeds(command, [...prefix, ...add])) return;
  say('trying again with fresh package lists');
  update();
  run(command, [...prefix, ...add], 'See apt-get\'s message above; are the machine\'s package sources reachable?');
}

function listsAreFresh() {
  if (!existsSync(LISTS)) return false;
  const times = readdirSync(LISTS)
    .filter((name) => name.includes('_Packages'))
    .map((name) => statSync(join(LISTS, name)).mtimeMs);
  return times.length > 0 && Date.now() - Math.max(...times) < LISTS_FRESH_MS;
}
