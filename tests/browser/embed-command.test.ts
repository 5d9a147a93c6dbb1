import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'build/tests/embed-command';

const pages = {
  'good.html': '<asyncio-playground>int main() {}</asyncio-playground>',
  'wrong.html': `<h1>Title</h1>
<asyncio-playground>
<pre><code>
#include &lt;cstdio&gt;
//sampleStart
int main() { std::putz("a &lt; b"); }
//sampleEnd
</code></pre>
</asyncio-playground>
<asyncio-playground>
//sampleStart
int never_ended;
//sampleStart
</asyncio-playground>
<asyncio-playground src="missing.cpp"></asyncio-playground>
<asyncio-playground src="wrong.cpp"></asyncio-playground>`,
  'wrong.md': `# Title

<asyncio-playground>

\`\`\`cpp
int main() {
    return undeclared;
}
\`\`\`

</asyncio-playground>
`,
  'wrong.cpp': '\n\nint main() { return 1 }\n',
};

test('npm run embed reports errors of snippets with file, line and clang’s message, exits with 1, and keeps the old files', () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'asyncio-snippets'), { recursive: true });
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'asyncio-snippets/manifest.json'), 'as it was');

  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/embed.mjs', folder], { encoding: 'utf8' });
  expect(stderr.trim().split('\n')).toEqual([
    'wrong.html:10: error: “//sampleStart” in line 3 of this snippet is repeated before its “//sampleEnd”.',
    'wrong.html:15: error: there is no file missing.cpp.',
    expect.stringMatching(/^wrong\.html:6: error: no member named 'putz' in namespace 'std'/),
    expect.stringMatching(/^wrong\.cpp:3: error: expected ';' after return statement/),
    expect.stringMatching(/^wrong\.md:7: error: use of undeclared identifier 'undeclared'/),
    'embed: 5 of 6 snippets could not be compiled. Nothing was written.',
  ]);
  expect(stdout).toBe('');
  expect(status).toBe(1);
  expect(readdirSync(join(folder, 'asyncio-snippets'))).toEqual(['manifest.json']);
  expect(readFileSync(join(folder, 'asyncio-snippets/manifest.json'), 'utf8')).toBe('as it was');
}, 120_000);

test.each([
  [['build/no-such-folder'], 'There is no folder build/no-such-folder.'],
  [[], 'usage: npm run embed -- FOLDER [--out FOLDER]'],
  [['.', '--into', 'x'], "Unknown option '--into'"],
])('npm run embed -- %j says what is wrong', (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/embed.mjs', ...args], { encoding: 'utf8' });
  expect(stderr).toContain(message);
  expect(status).toBe(1);
});
