import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Project, SourceFile } from '../../web/project/project.js';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { Typist } from './typist.js';
import { openMenuOf } from './menus.js';

let playground: Playground;
let typist: Typist;

oneVisit(async (visit) => {
  playground = visit;
  typist = new Typist(visit);
  await playground.monaco();
});

const header = '#pragma once\ninline int answer() { return 42; }\n';
const program = '#include <print>\n#include "answer.hpp"\nint main() { std::println("{}", answer()); }\n';

async function open(files: SourceFile[], options: Partial<Project['options']> = {}): Promise<void> {
  await playground.page.evaluate(
    (opened, chosen) => {
      const page = window.asyncioPlayground;
      const { options: usual } = page?.getProject() ?? {};
      if (usual !== undefined) page?.openProject({ title: 'A test', files: opened, stdin: '', options: { ...usual, ...chosen } });
    },
    files,
    options,
  );
}

function project(): Promise<Project | undefined> {
  return playground.page.evaluate(() => window.asyncioPlayground?.getProject());
}

function press(label: string): Promise<void> {
  return playground.page.click(`aria/${label}`);
}

/** Clicks Run; returns the console's text at the end. */
function ran(): Promise<string | undefined> {
  return playground.page.evaluate(async () => {
    await window.asyncioPlayground?.run();
    return window.asyncioPlayground?.consoleText();
  });
}

const usual = { standard: 'c++23', optimisation: '0', warnings: 'all', clock: 'real', seed: null } as const;

beforeEach(() =>
  open(
    [
      { name: 'main.cpp', text: program },
      { name: 'answer.hpp', text: header },
    ],
    usual,
  ),
);

describe('several files', () => {
  test('are compiled together', async () => {
    expect(await ran()).toContain('42');
  });

  test('are added, written and included', async () => {
    await press('New file');
    await typist.shows('dialog', 'New file');
    await typist.press('Control', 'a');
    await typist.type('more.hpp');
    await typist.press('Enter');
    await typist.shows('.file-tab.shown', 'more.hpp');
    await typist.press('Control', 'End');
    await typist.type('inline int more() { return 1');
    await playground.page.waitForFunction(() => window.asyncioPlayground?.getProject().files[2]?.text.includes('return 1'));
    expect((await project())?.files.map(({ name }) => name)).toEqual(['main.cpp', 'answer.hpp', 'more.hpp']);
  });

  test('report invalid names, as plain text', async () => {
    await press('New file');
    await typist.press('Control', 'a');
    await typist.type('<img src=x onerror=alert(1)>');
    await typist.shows('.dialog-problem', 'A name can contain only letters');
    await typist.press('Control', 'a');
    await typist.type('Answer.hpp');
    await typist.press('Enter');
    await typist.shows('.dialog-problem', 'There is already a file answer.hpp');
    await typist.press('Escape');
    await playground.page.waitForFunction(() => document.querySelector('dialog[open]') === null);
    expect((await project())?.files).toHaveLength(2);
  });

  test('are renamed by F2, closed by Delete, and brought back with what was in them', async () => {
    const { page } = playground;
    await page.click('aria/answer.hpp');
    await page.focus('.file-tab.shown [data-role="name"]');
    await typist.press('F2');
    await typist.press('Control', 'a');
    await typist.type('result.hpp');
    await typist.press('Enter');
    await typist.shows('.file-tab.shown', 'result.hpp');
    await page.focus('.file-tab.shown [data-role="name"]');
    await typist.press('Delete');
    await typist.shows('#file-closed', 'result.hpp is closed');
    expect((await project())?.files).toHaveLength(1);
    await typist.press('Enter');
    expect((await project())?.files[1]).toEqual({ name: 'result.hpp', text: header });
  });

  test('keep their own history', async () => {
    const { page } = playground;
    await page.click('aria/answer.hpp');
    await typist.press('Control', 'End');
    await typist.type('// more');
    await page.click('aria/main.cpp');
    await page.click('aria/answer.hpp');
    expect((await project())?.files[1]?.text).toBe(`${header}// more`);
    for (let i = 0; i < 10; i += 1) await typist.press('Control', 'z');
    expect((await project())?.files[1]?.text).toBe(header);
    expect((await project())?.files[0]?.text).toBe(program);
  });

  test('show the mistakes of each, and lead to their lines', async () => {
    const { page } = playground;
    await open([
      { name: 'main.cpp', text: program },
      { name: 'answer.hpp', text: '#pragma once\ninline int answer() { return missing; }\n' },
    ]);
    await typist.shows('#diagnostics', 'answer.hpp:2:');
    await page.click('#problems-tab');
    await page.click('button.diagnostic-line');
    await typist.shows('.file-tab.shown', 'answer.hpp');
    await page.waitForSelector('.monaco-editor .squiggly-error');
    await typist.type('6 * 7');
    await page.waitForFunction(() => document.getElementById('diagnostics')?.hidden);
    expect((await project())?.files[1]?.text).toContain('return 6 * 7;');
  });

  test('complete names of each other', async () => {
    await typist.write('#include "answer.hpp"\nint main() { return ans|; }\n');
    await typist.type('w');
    await typist.shows('.suggest-widget', 'answer()');
    await typist.press('Escape');
    await playground.page.click('aria/answer.hpp');
    await typist.press('Control', 'End');
    await typist.type('struct Point { int across; }; inline int of(Point point) { return point.');
    await typist.shows('.suggest-widget', 'across');
    await typist.press('Escape');
  });

  test('are opened by F12, from a name and from an include', async () => {
    await typist.write(program.replace('answer()', 'ans|wer()'));
    await typist.press('F12');
    await typist.shows('.file-tab.shown', 'answer.hpp');
    await typist.write(program.replace('"answer', '"ans|wer'));
    await typist.press('F12');
    await typist.shows('.file-tab.shown', 'answer.hpp');
  });
});

test('a function in another source file is compiled and linked', async () => {
  await open([
    { name: 'main.cpp', text: '#include <print>\nint twice(int);\nint main() { std::println("{}", twice(21)); }\n' },
    { name: 'twice.cpp', text: 'int twice(int n) { return 2 * n; }\n' },
  ]);
  expect(await ran()).toMatch(/^42\nFinished, exit code 0/);
});

describe('a project from elsewhere', () => {
  test('may have names that are HTML: they are text', async () => {
    const name = '<img src=x onerror="document.title=1">';
    await open([
      { name: 'main.cpp', text: 'int main() {}' },
      { name, text: '' },
    ]);
    await typist.shows('.file-tab', name);
    expect(await playground.page.$('.file-bar img')).toBeNull();
    expect(await ran()).toContain('exit code 0');
  });

  test('may have a name that no file can have: the compiler says so', async () => {
    await open([
      { name: 'main.cpp', text: 'int main() {}' },
      { name: '../../etc/passwd', text: '' },
    ]);
    await ran();
    await typist.shows('#diagnostics', 'invalid file name ../../etc/passwd');
  });

  test('may have lines that end in any way, NULs and lone surrogates', async () => {
    await open([{ name: 'main.cpp', text: 'int main() {\r\n  return 0; // \u0000 \ud800\r}\n' }]);
    expect((await project())?.files[0]?.text).toBe('int main() {\n  return 0; // \u0000 \ud800\n}\n');
    expect(await ran()).toContain('exit code 0');
  });
});

describe('the options', () => {
  test('are chosen by keyboard and kept in the project', async () => {
    const { page } = playground;
    await page.focus('#options');
    await typist.press('Enter');
    await page.waitForSelector('#options-menu:popover-open');
    await page.select('#standard', 'c++26');
    await page.select('#warnings', 'error');
    await typist.press('Escape');
    await page.waitForFunction(() => document.querySelector('#options-menu:popover-open') === null);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('options');
    await openMenuOf(page, '#seed');
    await page.focus('#seed');
    await typist.type('12x');
    await typist.shows('#seed-problem', 'A seed is a whole number');
    await typist.press('Backspace');
    await typist.press('Escape');
    await page.waitForFunction(() => document.querySelector('#run-menu:popover-open') === null);
    expect((await project())?.options).toEqual({ ...usual, standard: 'c++26', warnings: 'error', seed: 12 });
    expect(await page.$eval('#options', (button) => button.textContent.trim())).toBe('Options (2)');
    expect(await page.$eval('#pace-chip', (chip) => chip.textContent)).toBe('seed 12 ×');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('run-how');
  });

  test('make the compiler read C++26', async () => {
    const source = '#include <print>\ntemplate <class... T> auto first(T... all) { return all...[0]; }\nint main() { std::println("{}", first(26, 2)); }\n';
    await open([{ name: 'main.cpp', text: source }]);
    await typist.shows('#diagnostics', 'C++2c extension');
    await open([{ name: 'main.cpp', text: source }], { standard: 'c++26' });
    const started = Date.now();
    expect(await ran()).toContain('26');
    console.log(`a run in C++26: ${Date.now() - started} ms`);
    expect(await playground.page.$eval('#diagnostics', (list) => list.textContent)).toBe('');
  });

  test('make errors of warnings', async () => {
    await open([{ name: 'main.cpp', text: 'int main() { int unused = 1; }\n' }], { warnings: 'error' });
    await typist.shows('#diagnostics', '1 error');
  });
});
