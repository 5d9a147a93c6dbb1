import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outputOf } from './program/good-end.js';
import { ProgramPage } from './program/program-page.js';
import { storedFiles } from './stored-files.js';
import { isTestAll } from './sample.js';

let page: ProgramPage;
let cases: string;

beforeAll(async () => {
  page = await ProgramPage.open();
  cases = page.build('file-cases', '1');
});

afterAll(async () => {
  await page.close();
});

/** The output of a program that succeeds. */
async function output(name: string, argument = ''): Promise<string> {
  return outputOf(await page.run(cases, [name, argument]));
}
const lines = (text: string): string[] => text.trimEnd().split('\n');
const stored = (): ReturnType<typeof storedFiles> => storedFiles(page.page, 'tests');

describe('files', () => {
  test('persist across runs and reloads', async () => {
    await output('write and append');
    expect(await output('show')).toBe('a.txt = one\ntwo\n\n');
    await page.page.reload();
    expect(await output('show plainly', 'a.txt')).toBe('one\ntwo\n');
  });

  test('are the same that plain C++ sees, in both directions', async () => {
    expect(await output('both directions')).toBe('by files, by ofstream\n');
    expect(await output('both directions')).toBe('by files, by ofstream\n');
    expect(await output('show plainly', 'async.txt')).toBe('by files');
    expect(await output('show plainly', 'plain.txt')).toBe('by ofstream');
  });

  test.each(['return', 'exit', 'throw', 'abort'])('of plain C++ that were flushed last when the program ends by %s', async (way) => {
    await output('clear');
    await page.run(cases, ['leave open', way]);
    expect(await output('show plainly', 'left.txt')).toMatch(/^flushed/);
  });

  test('that a busy program flushed or closed are there when it is ended by force', async () => {
    const running = await page.start(cases, ['spin after a flush']);
    await running.printed('spinning');
    await running.kill();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: true });
    expect(await output('show plainly', 'busy.txt')).toBe('first second\n');
    expect(await output('show plainly', 'closed.txt')).toBe('closed');
  });

  test('keep directories, new names and removals', async () => {
    await output('make tree');
    await output('change tree');
    expect(lines(await output('show'))).toEqual([
      'empty/',
      'moved/',
      'moved/e/',
      'moved/e/f = f',
      'over = new',
      'plain/',
      'plain/one/',
      'plain/one/g = ggg',
    ]);
    await output('remove tree');
    expect(lines(await output('show'))).toEqual(['over = new', 'plain/', 'plain/one/', 'plain/one/g = ggg']);
  });

  test('can be changed in the middle, truncated and extended', async () => {
    await output('change the middle');
    expect(await stored()).toEqual({ m: '01AB456789' });
    await output('cut and grow');
    expect(await stored()).toEqual({ m: '01A\0\0Z' });
    expect(await output('show')).toBe('m = 01A\0\0Z\n');
  });

  test('keep names and bytes of every kind', async () => {
    await output('write odd names');
    expect(await output('read odd names')).toBe('7 of 7');
  });

  test('that are large are loaded on first use', async () => {
    await output('say started');
    const without = await page.run(cases, ['say started']);
    await output('write large');
    const beside = await page.run(cases, ['say started']);
    console.log(
      `first output without files ${Math.round(without.firstOutputMs)} ms, beside one of 40 MB ${Math.round(beside.firstOutputMs)} ms`,
    );
    expect(await output('read large')).toBe('end 40000003');
  });

  test('in /tmp end with the run', async () => {
    expect(await output('temporary', 'write')).toBe('true');
    expect(await output('temporary')).toBe('false');
  });
});

describe('a file operation that cannot be done', () => {
  test('raises the error of its kind, and the program goes on', async () => {
    expect(lines((await output('errors')).replaceAll(/\[Errno \d+\] /g, ''))).toEqual([
      "missing: FileNotFoundError: No such file or directory: 'missing'",
      "empty: FileNotFoundError: No such file or directory: ''",
      "directory: IsADirectoryError: Is a directory: 'd'",
      "below a file: NotADirectoryError: Not a directory: 'f/g'",
      "there already: FileExistsError: File exists: 'f'",
      "outside: PermissionError: Permission denied: '../outside'",
      "far outside: PermissionError: Permission denied: 'd/../../../etc/passwd'",
      'NUL: ValueError: embedded null byte: a path cannot contain one',
      expect.stringContaining("mode: ValueError: invalid mode: 'rw'"),
      "no directory: FileNotFoundError: No such file or directory: 'missing'",
      "link: PermissionError: Operation not permitted: 'link'",
      'inside: x',
    ]);
  });

  test('for a name that is too long says so, also in plain C++', async () => {
    expect(lines(await output('long names'))).toEqual(['x, made', 'too long, failed', 'too long, failed']);
  });

  test('for too many open files leaves the loop unharmed', async () => {
    expect(await output('many open')).toMatch(/^(all|too many open files), then fine$/);
  });
});

describe('when there is no more room', () => {
  test('it is an error, and what was stored stays', async () => {
    expect(lines(await output('fill up'))).toEqual([
      'after 67 MB: no room',
      'plain: failed',
      'close: no room',
      'kept after',
    ]);
    expect(await stored()).toMatchObject({ kept: 'kept', after: 'after' });
  });

  test('in the browser itself, it is an error too, and what was stored stays', async () => {
    await output('clear');
    for (const name of ['gone', 'kept']) await output('write kept', name);
    // The quota of a browser cannot be set, but the error for an exceeded quota is known.
    await page.page.evaluate(() => {
      const prototype = IDBObjectStore.prototype as unknown as { put: (this: IDBObjectStore, value: Entry) => IDBRequest };
      type Entry = { path: string; content?: Blob };
      const { put } = prototype;
      prototype.put = function (entry) {
        if ((entry.content?.size ?? 0) > 1_000_000) throw new DOMException('there is no room', 'QuotaExceededError');
        return put.call(this, entry);
      };
    });
    try {
      expect(lines((await output('flush too much')).replaceAll(/\[Errno \d+\] /g, ''))).toEqual([
        'no room',
        "rename: OSError: No space left on device: 'renamed'",
        'remove: nothing',
      ]);
      expect(await stored()).toEqual({ renamed: 'kept' });
      const { stderr } = await page.run(cases, ['write too much plainly', 'plain']);
      expect(stderr).toBe('Not all files that the program wrote could be stored: there is no room\n');
      expect(await stored()).toEqual({ renamed: 'kept' });
    } finally {
      await page.page.reload();
    }
    await output('write kept', 'after');
    expect(await stored()).toEqual({ renamed: 'kept', after: 'after' });
  });
});

describe('a program that is killed while it writes', () => {
  /** The number of the last record; there must be no partial record, and all records before it. */
  const lastRecord = (text: string, round: number): number => {
    const records = text.split('\n');
    expect(records.pop()).toBe('');
    for (const [index, record] of records.entries()) {
      const letter = String.fromCharCode(97 + (index % 26));
      if (record !== `${round} ${index} ${letter.repeat(20_000)}`) throw new Error(`record ${index} is torn: ${record.slice(0, 40)}`);
    }
    return records.length - 1;
  };
  const wholeRecord = (text: string, round: number): number => {
    const [of, index = '', letters = ''] = text.split(' ');
    const letter = String.fromCharCode(97 + (Number(index) % 26));
    if (of !== String(round) || letters !== letter.repeat(100_000)) throw new Error(`torn: ${text.slice(0, 40)}`);
    return Number(index);
  };

  const kills = isTestAll ? 50 : 9;
  test(
    `leaves all that it had flushed, and nothing torn, ${kills} times`,
    async () => {
      await output('clear');
      const killedAfter: number[] = [];
      for (let round = 1; round <= kills; round += 1) {
        const running = await page.start(cases, ['write on and on', String(round)]);
        // Each round kills it at a later point: after another number of lines.
        await running.printed(['log', 'whole', 'plain'][round % 3] + ` ${Math.floor(round / 3) + 1}\n`);
        await running.kill();
        const { outcome, stdout } = await running.finished();
        expect(outcome).toEqual({ type: 'stopped', forced: true });
        const told = (what: string): number => Number([...stdout.matchAll(new RegExp(`^${what} (\\d+)$`, 'gm'))].at(-1)?.[1]);
        let files = await stored();
        expect(lastRecord(files['log'] ?? '', round)).toBeGreaterThanOrEqual(told('log'));
        expect(wholeRecord(files['whole'] ?? '', round)).toBeGreaterThanOrEqual(told('whole'));
        // Data flushed by plain C++ may still be in flight from the page to its storage.
        const latest = Date.now() + 5000;
        while (lastRecord(files['plain'] ?? '', round) < told('plain') && Date.now() < latest) files = await stored();
        expect(lastRecord(files['plain'] ?? '', round)).toBeGreaterThanOrEqual(told('plain'));
        killedAfter.push(told('log'));
      }
      console.log(`killed ${kills} times, after ${Math.min(...killedAfter)} to ${Math.max(...killedAfter)} flushed records`);
      await output('clear');
    },
    600_000,
  );
});

describe('two runs at once', () => {
  test('the last to write a file wins, and it is never a mixture', async () => {
    await output('clear');
    const running = [
      await page.start(cases, ['write again and again', 'a']),
      await page.start(cases, ['write again and again', 'b']),
    ];
    for (const one of running) expect((await one.finished()).outcome).toEqual({ type: 'complete', exitCode: 0 });
    const files = await stored();
    expect(['a', 'b'].map((letter) => letter + letter.repeat(200_000))).toContain(files['shared']);
    expect([files['own-a'], files['own-b']]).toEqual(['a', 'b']);
  });
});

test('a program cannot reach what the page keeps but by its files', async () => {
  const prober = page.modules.build(
    'storage-probe',
    `#include <emscripten.h>
#include <cstdio>
int main() {
    std::printf("%d", EM_ASM_INT({
        try { indexedDB.open("asyncio-files:tests"); return 1; } catch (error) { return error.name === "SecurityError" ? 0 : 2; }
    }));
}
`,
  );
  expect((await page.run(prober)).stdout).toBe('0');
});
