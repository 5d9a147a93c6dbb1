/**
 * The state of the working copy before a release.
 * @typedef {object} ReleaseState
 * @property {string} version of package.json
 * @property {string} changelog
 * @property {string} branch
 * @property {string} changes what `git status --porcelain` prints
 * @property {string[]} tags
 * @property {boolean} hasIdentity whether git knows a name and an address for the tag
 */

/**
 * The reasons why this state cannot be released, as sentences; empty when it can.
 * @param {ReleaseState} state
 */
export function releaseProblems({ version, changelog, branch, changes, tags, hasIdentity }) {
  const problems = [];
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`The version in package.json is ${version}: a release version needs three numbers, such as 0.1.0.`);
  if (tags.includes(`v${version}`)) problems.push(`The tag v${version} already exists: increase the version in package.json.`);
  if (branch !== 'main') problems.push(`The current branch is ${branch}: releases are made from main.`);
  if (changes !== '') problems.push('There are uncommitted changes: see git status.');
  if (notesOf(changelog, version) === '') problems.push(`CHANGELOG.md has no entries under "## ${version}": move the entries of "Unreleased" there.`);
  if (!hasIdentity) problems.push('Git has no name for the tag: set it by git config user.name and git config user.email.');
  return problems;
}

/**
 * The changelog's section for a version.
 * @param {string} changelog
 * @param {string} version
 */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  return section === undefined ? '' : section.slice(section.indexOf('\n') + 1).trim();
}
