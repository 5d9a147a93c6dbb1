import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import { newProject } from '../../project/read-project.js';
import { SnippetDatabase, type Change, type Found } from './snippet-database.js';
import { TestStorage } from './test-storage.js';
import { TestBrowser, TestVisit } from './test-visit.js';

let browser: TestBrowser;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  browser = new TestBrowser();
});

async function visit(options?: ConstructorParameters<typeof TestVisit>[1]): Promise<TestVisit> {
  const opened = new TestVisit(browser, options);
  await opened.keep.start();
  return opened;
}

async function versionsOf({ keep, library }: TestVisit): Promise<{ text: string | undefined; reason: string }[]> {
  const versions = await library.versions(keep.open.opened.id);
  return versions.map(({ project, reason }) => ({ text: project.files[0]?.text, reason }));
}

describe('what is typed', () => {
  test('into an example becomes a copy of it, which is there on the next visit', async () => {
    const first = await visit();
    expect({ text: first.workspace.text, kept: first.shown?.kept }).toEqual({ text: 'hello', kept: false });
    first.workspace.type('mine');
    await first.keep.open.save();
    expect(first.shown).toMatchObject({ title: 'Hello', edited: true, kept: true });
    const second = await visit();
    expect(second.workspace.text).toBe('mine');
    expect(second.shown).toMatchObject({ edited: true });
    expect(await second.titles()).toEqual(['Hello']);
  });

  test('stays when another example is opened and the first again', async () => {
    const { keep, workspace } = await visit();
    workspace.type('mine');
    await keep.openExample('02-gather');
    expect(workspace.text).toBe('gather');
    await keep.openExample('01-hello');
    expect(workspace.text).toBe('mine');
  });

  test('is not there for an example that nobody edited', async () => {
    const opened = await visit();
    await opened.keep.openExample('02-gather');
    expect(await opened.titles()).toEqual([]);
    expect((await visit()).workspace.text).toBe('gather');
  });

  test('is taken back by Reset, and stays in the history', async () => {
    const opened = await visit();
    opened.workspace.type('mine');
    await opened.keep.open.save();
    await opened.keep.open.reset();
    expect(opened.workspace.text).toBe('hello');
    expect(opened.shown).toMatchObject({ edited: false });
    expect(await opened.titles()).toEqual([]);
    expect(await versionsOf(opened)).toContainEqual({ text: 'mine', reason: 'restored' });
    expect((await visit()).shown).toMatchObject({ edited: false });
  });

  test('is saved while someone goes on typing', async () => {
    const opened = await visit();
    const until = performance.now() + 3_000;
    for (let length = 1; performance.now() < until; length += 1) {
      opened.workspace.type('x'.repeat(length));
      await new Promise((resolve) => setImmediate(resolve));
      const stored = await browser.database.read('example:01-hello');
      if (stored !== undefined) return;
    }
    throw new Error('nothing was saved');
  });

  test('just before the page goes away is there on the next visit, even where nothing else was stored', async () => {
    const first = await visit();
    first.workspace.type('typed last');
    first.keep.open.leave();
    // The page is gone: what it asked IndexedDB for came too late.
    globalThis.indexedDB = new IDBFactory();
    const next = new TestBrowser();
    for (const [key, value] of browser.storage.items) next.storage.setItem(key, value);
    browser = next;
    const second = await visit();
    expect(await second.titles()).toEqual(['Hello']);
    await second.keep.openExample('01-hello');
    expect(second.workspace.text).toBe('typed last');
    expect([...next.storage.items.keys()].filter((key) => key.includes('unsaved'))).toEqual([]);
  });

  test('just before the page went away does not hide what was saved since', async () => {
    const first = await visit();
    first.workspace.type('one');
    await first.keep.open.save();
    first.workspace.type('typed last');
    first.keep.open.leave();
    const journal = new Map(browser.storage.items);
    await first.keep.open.save();
    const second = await visit();
    second.workspace.type('later');
    await second.keep.open.save();
    for (const [key, value] of journal) browser.storage.setItem(key, value);
    const third = await visit();
    expect(third.workspace.text).toBe('later');
    expect((await versionsOf(third)).map(({ text }) => text)).toContain('typed last');
  });
});

describe('snippets', () => {
  test('are new, renamed, duplicated, found, deleted and brought back', async () => {
    const opened = await visit();
    const { keep, workspace, library } = opened;
    await keep.create(newProject('My snippet', 'start'));
    expect(await opened.titles()).toEqual([]);
    workspace.type('one');
    await keep.open.save();
    await keep.create(newProject('My snippet', 'start'));
    workspace.type('two');
    await keep.open.save();
    expect(await opened.titles()).toEqual(['My snippet 2', 'My snippet']);

    await keep.rename(keep.open.opened.id, '<img src=x onerror=alert(1)>');
    expect(opened.shown?.title).toBe('<img src=x onerror=alert(1)>');
    const { id } = keep.open.opened;
    await keep.duplicate(id);
    expect(await opened.titles()).toContain('Copy of <img src=x onerror=alert(1)>');

    const snippet = (await library.list()).snippets.find((one) => one.id === id);
    if (snippet === undefined) throw new Error('not listed');
    await keep.delete(snippet);
    expect(await opened.titles()).not.toContain('<img src=x onerror=alert(1)>');
    expect(workspace.text).not.toBe('');
    expect(opened.notes).toEqual(['“<img src=x onerror=alert(1)>” is deleted.']);
    await library.undelete(id);
    expect(await keep.openSnippet(id)).toBe(true);
    expect(workspace.text).toBe('two');
  });

  test('that were renamed are no copies of an example any more, and take their history along', async () => {
    const opened = await visit();
    opened.workspace.type('mine');
    await opened.keep.open.checkpoint();
    await opened.keep.rename(opened.keep.open.opened.id, 'Mine');
    expect(opened.shown).toMatchObject({ title: 'Mine', example: undefined });
    expect(await versionsOf(opened)).toContainEqual({ text: 'mine', reason: 'run' });
    opened.workspace.type('more');
    await opened.keep.open.save();
    await opened.keep.openExample('01-hello');
    expect(opened.workspace.text).toBe('hello');
    expect(await opened.titles()).toEqual(['Mine']);
    expect(opened.notes).toEqual([]);
  });

  test('can be gone back in, and forth again', async () => {
    const opened = await visit();
    const { keep, workspace } = opened;
    workspace.type('one');
    await keep.open.checkpoint();
    workspace.type('two');
    await keep.open.save();
    const [version] = (await opened.library.versions(keep.open.opened.id)).filter(({ reason }) => reason === 'run');
    if (version === undefined) throw new Error('no version');
    await keep.restore(version);
    expect(workspace.text).toBe('one');
    expect(await versionsOf(opened)).toContainEqual({ text: 'two', reason: 'restored' });
  });

  test('that ran as they were are one version, however often they ran', async () => {
    const opened = await visit();
    opened.workspace.type('one');
    for (let run = 0; run < 3; run += 1) await opened.keep.open.checkpoint();
    expect(await versionsOf(opened)).toEqual([{ text: 'one', reason: 'run' }]);
  });

  test('are what a link or a file brought only once they are edited or kept', async () => {
    const opened = await visit();
    await opened.keep.open.openNew(newProject('From a link', 'theirs'));
    expect(await opened.titles()).toEqual([]);
    await opened.keep.goBack();
    expect(opened.workspace.text).toBe('hello');
    await opened.keep.open.openNew(newProject('From a link', 'theirs'));
    await opened.keep.open.keep();
    expect(await opened.titles()).toEqual(['From a link']);
    expect((await visit()).workspace.text).toBe('theirs');
  });

  test('in the bin go for good after a month', async () => {
    const opened = await visit();
    await opened.keep.open.openNew(newProject('Old', 'x'), { keep: true });
    const [snippet] = (await opened.library.list()).snippets;
    if (snippet === undefined) throw new Error('not kept');
    await opened.keep.delete(snippet);
    await opened.library.clean();
    expect((await opened.library.list()).deleted).toHaveLength(1);
    await browser.database.update(snippet.id, () => ({ snippet: { ...snippet, deletedAt: Date.now() - 31 * 24 * 3_600_000 } }));
    await opened.library.clean();
    expect((await opened.library.list()).deleted).toEqual([]);
  });
});

describe('two tabs', () => {
  /** Both have the same snippet open. */
  async function both(): Promise<[TestVisit, TestVisit]> {
    const one = await visit();
    await one.keep.open.openNew(newProject('Ours', 'start'), { keep: true });
    return [one, await visit()];
  }

  /** Until what one told the other has been done. */
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

  test('show the same when one of them saves', async () => {
    const [one, two] = await both();
    one.workspace.type('from one');
    await one.keep.open.save();
    await settle();
    expect(two.workspace.text).toBe('from one');
    expect(two.notes).toEqual(['Updated to the text of another tab.']);
    expect(one.notes).toEqual([]);
  });

  test('that both type: the newest wins, the other is in the history, and both hear of it', async () => {
    const [one, two] = await both();
    one.workspace.type('from one');
    two.workspace.type('from two');
    await one.keep.open.save();
    await settle();
    await two.keep.open.save();
    await settle();
    expect([one.workspace.text, two.workspace.text]).toEqual(['from two', 'from two']);
    expect(await versionsOf(one)).toContainEqual({ text: 'from one', reason: 'other-tab' });
    expect(two.notes).toEqual([expect.stringContaining('Another tab had also saved this snippet')]);
    expect(one.notes).toEqual([expect.stringContaining('The text of this tab is in its history')]);
  });

  test('that do not hear of each other lose nothing either', async () => {
    const one = await visit();
    await one.keep.open.openNew(newProject('Ours', 'start'), { keep: true });
    const deaf = new TestBrowser();
    deaf.storage.setItem('asyncio-playground:open', browser.storage.getItem('asyncio-playground:open') ?? '');
    const two = new TestVisit(deaf);
    await two.keep.start();
    expect(two.workspace.text).toBe('start');
    one.workspace.type('from one');
    await one.keep.open.save();
    two.workspace.type('from two');
    await two.keep.open.save();
    expect(await versionsOf(two)).toContainEqual({ text: 'from one', reason: 'other-tab' });
    // As when one comes back to a tab.
    await one.keep.open.refresh();
    expect(one.workspace.text).toBe('from two');
  });

  test('each come back to what was open in them', async () => {
    const tab = new TestStorage();
    const one = await visit({ tab });
    await one.keep.openExample('02-gather');
    const two = await visit();
    await two.keep.openExample('01-hello');
    expect((await visit()).workspace.text).toBe('hello');
    expect((await visit({ tab })).workspace.text).toBe('gather');
  });
});

/** Takes nothing more when it is full. */
class FullDatabase extends SnippetDatabase {
  full = true;

  override update(id: string, change: (found: Found) => Change): Promise<void> {
    if (this.full) return Promise.reject(new DOMException('x', 'QuotaExceededError'));
    return super.update(id, change);
  }
}

describe('a storage', () => {
  test('that is full is said once; the text stays for the visit, and is saved when there is room', async () => {
    const database = new FullDatabase();
    const opened = await visit({ database });
    opened.workspace.type('mine');
    await opened.keep.open.save();
    opened.workspace.type('mine too');
    await opened.keep.open.save();
    expect(opened.problems).toEqual([expect.stringMatching(/cannot be saved in this browser \(there is no space left\)/)]);
    await opened.keep.openExample('02-gather');
    await opened.keep.openExample('01-hello');
    expect(opened.workspace.text).toBe('mine too');
    database.full = false;
    opened.workspace.type('mine again');
    await opened.keep.open.save();
    expect((await visit()).workspace.text).toBe('mine again');
  });

  test('that is full leaves what was typed to the other one when the page goes', async () => {
    const opened = await visit({ database: new FullDatabase() });
    opened.workspace.type('mine');
    await opened.keep.open.save();
    expect(opened.keep.open.leave()).toBe(true);
    expect((await visit()).workspace.text).toBe('mine');
    browser.storage.full = true;
    opened.workspace.type('mine too');
    expect(opened.keep.open.leave()).toBe(false);
  });

  test('that is forbidden does not break the page', async () => {
    globalThis.indexedDB = { open: () => { throw new DOMException('denied', 'SecurityError'); } } as unknown as IDBFactory;
    const opened = await visit();
    expect(opened.workspace.text).toBe('hello');
    opened.workspace.type('mine');
    await opened.keep.open.save();
    expect(opened.problems).toEqual([expect.stringContaining('denied')]);
    expect(await opened.titles()).toEqual(['Hello']);
  });

  test('that does not answer does not hold the page up', async () => {
    globalThis.indexedDB = { open: () => ({}) } as unknown as IDBFactory;
    const opened = await visit();
    expect(opened.workspace.text).toBe('hello');
    expect(opened.problems).toEqual([expect.stringContaining('does not respond')]);
    opened.workspace.type('mine');
    expect(opened.keep.open.leave()).toBe(true);
  }, 10_000);

  test.each([
    ['nothing of a snippet', { id: 'example:01-hello', something: 1 }, 'it is not an object'],
    ['a project without files', { id: 'example:01-hello', project: { title: 'x', files: [] }, createdAt: 1, changedAt: 1, revision: 1 }, 'it has no files'],
    ['no times', { id: 'example:01-hello', project: newProject('x', 'y') }, 'it has no modification time'],
  ])('that holds %s under what was open says so, keeps it, and goes on', async (_what, record, why) => {
    const first = await visit();
    first.workspace.type('mine');
    await first.keep.open.save();
    await browser.database.update('example:01-hello', () => ({ snippet: record as never }));
    const second = await visit();
    expect(second.workspace.text).toBe('hello');
    expect(second.problems).toEqual([expect.stringContaining(why)]);
    expect((await second.library.list()).damaged).toEqual([expect.objectContaining({ raw: expect.objectContaining({ damaged: record }) as unknown })]);
    second.workspace.type('anew');
    await second.keep.open.save();
    expect(second.problems).toHaveLength(1);
    expect((await visit()).workspace.text).toBe('anew');
  });

  test('whose last words are damaged says so, keeps them, and goes on', async () => {
    const first = await visit();
    first.workspace.type('mine');
    await first.keep.open.save();
    browser.storage.setItem('asyncio-playground:unsaved:gone:x', '{"id": "x", "project": {"fil');
    browser.storage.setItem('asyncio-playground:open', '{"snip');
    const second = await visit();
    expect(second.problems).toEqual([expect.stringContaining('The last typed text is damaged')]);
    expect((await second.library.list()).damaged).toHaveLength(1);
    expect((await visit()).problems).toEqual([]);
  });
});

describe('texts that an older page kept', () => {
  test('are snippets now, and the one that was open is open', async () => {
    browser.storage.setItem('asyncio-playground:draft:02-gather', 'my gather');
    browser.storage.setItem('asyncio-playground:draft::blank', 'my own');
    browser.storage.setItem('asyncio-playground:draft:07-gone', 'of an example that is gone');
    browser.storage.setItem('asyncio-playground:current', '02-gather');
    const opened = await visit();
    expect(opened.workspace.text).toBe('my gather');
    expect((await opened.titles()).sort()).toEqual(['07-gone', 'Gather', 'My snippet']);
    expect([...browser.storage.items.keys()].filter((key) => key.includes(':draft:') || key.endsWith(':current'))).toEqual([]);
    expect((await visit()).workspace.text).toBe('my gather');
  });

  test('stay where they are as long as they cannot be stored otherwise', async () => {
    browser.storage.setItem('asyncio-playground:draft:02-gather', 'my gather');
    const opened = await visit({ database: new FullDatabase() });
    expect(browser.storage.getItem('asyncio-playground:draft:02-gather')).toBe('my gather');
    await opened.keep.openExample('02-gather');
    expect(opened.workspace.text).toBe('my gather');
  });
});
