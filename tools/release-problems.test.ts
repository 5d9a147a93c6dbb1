import { describe, expect, test } from '@jest/globals';
import { notesOf, releaseProblems } from './release-problems.mjs';

const good = { version: '0.2.0', changelog: '# Changelog\n\n## Unreleased\n\n## 0.2.0\n\n- Faster.\n\n## 0.1.0\n\n- First.\n', branch: 'main', changes: '', tags: ['v0.1.0'], hasIdentity: true };

describe('a release', () => {
  test('of a version that is described, committed and new has no problem', () => {
    expect(releaseProblems(good)).toEqual([]);
  });

  test.each([
    ['is tagged already', { tags: ['v0.2.0'] }, 'The tag v0.2.0 already exists'],
    ['is no version', { version: '0.2', changelog: '## 0.2\n\n- x' }, 'a release version needs three numbers'],
    ['is of another branch', { branch: 'try' }, 'The current branch is try'],
    ['has changes that are not committed', { changes: ' M README.md' }, 'uncommitted changes'],
    ['git could not tag', { hasIdentity: false }, 'git config user.name'],
    ['is not in the changelog', { version: '0.3.0' }, 'has no entries under "## 0.3.0"'],
    ['has an empty entry in the changelog', { changelog: '## 0.2.0\n\n## 0.1.0\n\n- First.\n' }, 'has no entries under'],
  ])('that %s is refused', (_, wrong, why) => {
    expect(releaseProblems({ ...good, ...wrong })).toEqual([expect.stringContaining(why)]);
  });

  test('says all that is wrong at once', () => {
    expect(releaseProblems({ ...good, branch: 'try', changes: '?? x', tags: ['v0.2.0'] })).toHaveLength(3);
  });
});

test('the notes of a version are those below its heading', () => {
  expect(notesOf(good.changelog, '0.2.0')).toBe('- Faster.');
  expect(notesOf('## 0.1.0 (2026-11-30)\n\n- First.', '0.1.0')).toBe('- First.');
});
