/**
 * `npm run release`: says what a release still lacks. With `--tag` it checks, packs and tags the version in
 * package.json.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, root, run, UserError } from './process.mjs';
import { notesOf, releaseProblems } from './release-problems.mjs';

await main(async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const problems = releaseProblems({
    version,
    changelog,
    branch: git('rev-parse', '--abbrev-ref', 'HEAD'),
    changes: git('status', '--porcelain'),
    tags: git('tag', '--list').split('\n'),
    hasIdentity: hasIdentity(),
  });
  if (problems.length > 0) throw new UserError(`${version} cannot be released:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  console.log(`${version} can be released. Its notes:\n\n${notesOf(changelog, version)}\n`);
  if (!process.argv.includes('--tag')) {
    console.log('npm run release -- --tag runs all tests, makes the package and tags it.');
    return;
  }
  await run(process.execPath, ['tests/run.mjs', '--all'], 'Every test has to pass before a release.');
  await run(process.execPath, ['tools/package.mjs'], 'See the message above.');
  git('tag', '--annotate', '--cleanup=whitespace', `v${version}`, '--message', `asyncio-wasm ${version}\n\n${notesOf(changelog, version)}`);
  console.log(`Tagged v${version}. git push origin v${version} publishes the pages; npm publish build/package publishes the package.`);
});

/** @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

function hasIdentity() {
  try {
    return git('var', 'GIT_COMMITTER_IDENT') !== '';
  } catch {
    return false;
  }
}
