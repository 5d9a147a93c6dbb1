/**
 * The state of the working copy before a release.
 * @typedef {object} ReleaseState
 * @property {string} version of package.json
 * @property {string} changelog
 * @property {string} branch
 * @property {string} changes what `git status --porcelain` prints
 * @property {string[]} tags
 */

/**
 * The reasons why this state cannot be released, as sentences; empty when it can.
 * @param {ReleaseState} state
 */
export function releaseProblems({ version, changelog, branch, changes, tags }) {
  const problems = [];
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`The version in package.json is ${version}: a release has three numbers, as in 0.1.0.`);
  if (tags.includes(`v${version}`)) problems.push(`v${version} is tagged already: raise the version in package.json.`);
  if (branch !== 'main') problems.push(`This is the branch ${branch}: releases are made of main.`);
  if (changes !== '') problems.push('There are changes that are not committed: git status shows them.');
  if (notesOf(changelog, version) === '') problems.push(`CHANGELOG.md says nothing below "## ${version}": move the lines of "Unreleased" there.`);
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
