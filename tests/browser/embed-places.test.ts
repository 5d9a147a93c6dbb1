import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import type { AsyncioPlaygroundElement } from '../../web/embed/element.js';
import { EmbedSite, prepare, preparedLink, until, type DocsPage, type Visit } from './embed-site.js';
import { onlyInTestAll } from './sample.js';

let site: EmbedSite;

const program = '<asyncio-playground><pre><code>#include &lt;cstdio>\nint main() { std::puts("printed"); }</code></pre></asyncio-playground>';
const endless = `<asyncio-playground id="endless"><script type="text/plain">
#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    for (int i = 0;; ++i) {
        std::println("turn {}", i);
        co_await asyncio::sleep(0.02);
    }
}
int main() { asyncio::run(amain()); }
</script></asyncio-playground>`;

const threaded = `<asyncio-playground threads><script type="text/plain">
#include <cstdio>
#include <exception>
#include <thread>
int main() {
    try {
        std::thread([] { std::puts("from a thread"); }).join();
    } catch (const std::exception&) {
        std::puts("no thread");
    }
}
</script></asyncio-playground>`;

beforeAll(async () => {
  site = await EmbedSite.open();
  prepare(site, { 'page.html': program + endless + threaded });
}, 300_000);

afterEach(() => site.endVisits());
afterAll(() => site.close());

async function opened(page: Partial<DocsPage>): Promise<Visit> {
  const visit = await site.visit({ body: program, ...page, head: (page.head ?? '') + preparedLink });
  await visit.ready();
  return visit;
}

const printed = { stdout: 'printed\n', report: { outcome: { type: 'complete', exitCode: 0 } } };

const isolating = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** Runs it as it is in the page, then edited, with the compiler. */
async function runsBoth(visit: Visit): Promise<void> {
  expect(await visit.run()).toMatchObject(printed);
  expect(visit.compilerFiles).toEqual([]);
  await visit.setText('#include <cstdio>\nint main() { std::puts("edited"); }');
  expect(await visit.run()).toMatchObject({ stdout: 'edited\n', report: { outcome: { type: 'complete' } } });
}

describe('a program runs in a page', () => {
  test('whose element comes from another origin', async () => {
    const visit = await opened({ from: 'elsewhere' });
    await runsBoth(visit);
  });

  onlyInTestAll(() => {
    test('with a strict content policy, its own files', async () => {
      const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-src 'self'; img-src data:";
      await runsBoth(await opened({ headers: { 'content-security-policy': policy } }));
    });
  });

  test('with a strict content policy, files of another origin', async () => {
    const cdn = new URL(site.elsewhere).origin;
    const policy = `default-src 'none'; script-src ${cdn} 'wasm-unsafe-eval'; connect-src 'self' ${cdn}; worker-src blob: ${cdn}; frame-src ${cdn}; img-src data:`;
    await runsBoth(await opened({ from: 'elsewhere', headers: { 'content-security-policy': policy } }));
  });

  test('whose content policy allows no frame: a sentence says what it needs', async () => {
    const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:";
    const visit = await opened({ headers: { 'content-security-policy': policy } });
    expect(await visit.run()).toMatchObject({ report: { outcome: { type: 'crash', message: expect.stringContaining('Content-Security-Policy') } } });
    visit.forget(/Content Security Policy/);
  });

  test('and a page that frames its sandbox without the attribute sandbox cannot have it run anything', async () => {
    const visit = await opened({});
    const file = readdirSync('dist/embed').find((name) => /^frame-.*\.html$/.test(name)) ?? '';
    const heard = await visit.page.evaluate(async (src) => {
      const frame = document.createElement('iframe');
      const said: unknown[] = [];
      addEventListener('message', (event) => {
        if (event.source === frame.contentWindow) said.push(event.data);
      });
      frame.src = new URL(src, document.querySelector<HTMLScriptElement>('script[src*=asyncio-playground]')?.src).href;
      document.body.append(frame);
      await new Promise((resolve) => (frame.onload = resolve));
      const workerScript = 'postMessage({ type: "warm" })';
      frame.contentWindow?.postMessage({ type: 'load', code: { workerScript, mainModuleScript: '', mainModule: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0).buffer } }, '*');
      // Any reply arrives before this timer of the frame fires.
      await new Promise((resolve) => {
        frame.contentWindow?.setTimeout(resolve, 200);
      });
      return said;
    }, file);
    expect(heard).toEqual([]);
    visit.forget(/sandbox=/);
  });

  onlyInTestAll(() => {
    test('that is cross-origin isolated', async () => {
      const visit = await opened({ headers: isolating });
      expect(await visit.page.evaluate(() => crossOriginIsolated)).toBe(true);
      await runsBoth(visit);
    });
  });

  onlyInTestAll(() => {
    test('that is cross-origin isolated, with a content policy that lets it write the frame', async () => {
      const policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline' 'unsafe-eval' blob:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; img-src data:";
      await runsBoth(await opened({ headers: { ...isolating, 'content-security-policy': policy } }));
    });
  });

  test('that is cross-origin isolated, with a strict content policy, where the frame’s file is isolated as well', async () => {
    const file = readdirSync('dist/embed').find((name) => /^frame-.*\.html$/.test(name)) ?? '';
    const headers = { 'cross-origin-embedder-policy': 'require-corp' };
    site.answers.set(`embed/${file}`, { text: readFileSync(`dist/embed/${file}`), type: 'text/html', headers });
    const policy =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; img-src data:";
    const strict = { headers: { ...isolating, 'content-security-policy': policy } };
    const plain = await opened(strict);
    await runsBoth(plain);
    const withThread = await opened({ ...strict, body: threaded });
    expect(await withThread.run()).toMatchObject({ ...printed, stdout: 'from a thread\n' });
    site.answers.delete(`embed/${file}`);
    // A frame written by the page is tried before the frame's file.
    for (const visit of [plain, withThread]) visit.forget(/inline script/);
  });

  test('with real threads where it is cross-origin isolated; elsewhere a sentence says that there are none', async () => {
    const isolated = await opened({ body: threaded, headers: isolating });
    expect(await isolated.run()).toMatchObject({ ...printed, stdout: 'from a thread\n' });
    expect(await isolated.text('.notice')).toBe('');
    const plain = await opened({ body: threaded });
    expect(await plain.run()).toMatchObject({ ...printed, stdout: 'no thread\n' });
    expect(await plain.text('.notice')).toContain('cross-origin isolation');
    for (const visit of [isolated, plain]) expect(visit.compilerFiles).toEqual([]);
  });

  onlyInTestAll(() => {
    test('that replaces the browser’s Promise with its own', async () => {
      const head = `<script>
        window.Promise = class { constructor() { throw new Error('the page has broken promises'); } static resolve() { throw new Error('broken'); } static race() { return 1; } static all() { return 1; } };
      </script>`;
      const visit = await site.visit({ body: program, head: head + preparedLink });
      await until(async () => (await visit.page.$('asyncio-playground >>> .run')) !== null);
      await visit.click('.run');
      await until(async () => (await visit.page.$('asyncio-playground >>> .console-line')) !== null);
      expect(await visit.text('.console')).toBe('printed');
    });
  });

  test.each(['', ' sandbox="allow-scripts"'])('inside a frame<iframe%s>', async (attributes) => {
    const inner = site.put({ body: program, head: preparedLink, from: 'elsewhere' });
    const visit = await site.visit({ body: `<iframe title="inner"${attributes} src="${inner}" width="600" height="400"></iframe>` });
    const frame = await (await visit.page.waitForSelector('iframe'))?.contentFrame();
    if (frame == null) throw new Error('the page has no frame');
    await until(async () => (await frame.$('asyncio-playground >>> .run')) !== null);
    await frame.click('asyncio-playground >>> .run');
    await until(async () => (await frame.$('asyncio-playground >>> .console-line')) !== null);
    expect(await frame.$eval('asyncio-playground >>> .console', (console) => (console as HTMLElement).innerText.trim())).toBe('printed');
    expect(visit.compilerFiles).toEqual([]);
  });
});

describe('a host page may', () => {
  test('remove an element in mid-run: its program ends and its place to run is free', async () => {
    const visit = await opened({ body: endless + program });
    await visit.click('.run', '#endless');
    await visit.shows('.console', 'turn 2', '#endless');
    const seen = await visit.page.evaluateHandle(() => {
      const told: string[] = [];
      const element = document.querySelector('#endless');
      for (const type of ['output', 'exit']) element?.addEventListener(type, () => told.push(type));
      element?.remove();
      told.length = 0;
      return { told, element };
    });
    expect(await visit.run()).toMatchObject(printed);
    expect(await seen.evaluate(({ told }) => told)).not.toContain('exit');
    await seen.evaluate(({ element }) => {
      if (element) document.body.append(element);
    });
    await visit.has('.run', '#endless');
    await visit.page.waitForFunction(() => document.querySelector('#endless')?.shadowRoot?.querySelector<HTMLElement>('[part~="stop"]')?.hidden === true, { polling: 20 });
  });

  test('move an element in mid-run: its program runs on', async () => {
    const visit = await opened({ body: endless });
    const ran = visit.run('#endless');
    await visit.shows('.console', 'turn 2', '#endless');
    const turn = await visit.page.$eval('#endless', (element) => {
      document.body.prepend(element);
      return element.shadowRoot?.querySelectorAll('.console-line').length ?? 0;
    });
    await visit.shows('.console', `turn ${turn + 3}`, '#endless');
    await visit.click('[part~="stop"]', '#endless');
    expect(await ran).toMatchObject({ report: { outcome: { type: 'stopped', forced: false } } });
  });

  test('clone an element: the clone is independent, with the page’s text', async () => {
    const visit = await opened({});
    await visit.setText('int main() { return 3; }');
    await visit.page.$eval('asyncio-playground', (element) => {
      const clone = element.cloneNode(true) as HTMLElement;
      clone.id = 'clone';
      element.after(clone);
    });
    await visit.ready('#clone');
    expect(await visit.run('#clone')).toMatchObject(printed);
  });

  test('empty its body and write it again', async () => {
    const visit = await opened({});
    await visit.run();
    await visit.page.evaluate((body) => {
      for (const frame of document.querySelectorAll('iframe')) frame.remove();
      document.body.innerHTML = body;
    }, program);
    await visit.ready();
    expect(await visit.run()).toMatchObject(printed);
  });

  test('make an element by script, and give it its text later', async () => {
    const visit = await opened({});
    await visit.page.evaluate(() => {
      const element = document.createElement('asyncio-playground');
      element.id = 'made';
      element.addEventListener('ready', () => (element.dataset['told'] = 'ready'));
      document.body.append(element);
    });
    await visit.ready('#made[data-told="ready"]');
    await visit.page.$eval('#made', (element) => {
      element.textContent = document.querySelector('asyncio-playground')?.textContent ?? '';
    });
    await visit.shows('.code', 'std::puts', '#made');
    expect(await visit.run('#made')).toMatchObject(printed);
  });

  test('let the page’s own program run by itself, but no other text', async () => {
    const visit = await opened({ body: program.replace('<asyncio-playground', '<asyncio-playground autorun') });
    await visit.shows('.console', 'printed');
    const other = await opened({ body: `<asyncio-playground autorun src="${site.elsewhere}index.html"></asyncio-playground>` });
    await other.page.waitForNetworkIdle({ idleTime: 300 });
    expect(other.asked.filter((path) => path.includes('runner'))).toEqual([]);
  });
});

describe('loading', () => {
  test('eagerly, or when it comes near the view, readies the runtime before a click', async () => {
    for (const loading of ['eager', 'lazy']) {
      const visit = await opened({ body: program.replace('<asyncio-playground', `<asyncio-playground loading="${loading}"`) });
      await until(() => Promise.resolve(visit.asked.some((path) => /asyncio-main.*\.wasm$/.test(path))));
      expect(visit.compilerFiles).toEqual([]);
    }
  });

  test('lazily does nothing for an element far from the view', async () => {
    const visit = await opened({ body: `<div style="height:8000px"></div>${program.replace('<asyncio-playground', '<asyncio-playground loading="lazy"')}` });
    await visit.page.waitForNetworkIdle({ idleTime: 300 });
    expect(visit.asked.filter((path) => path.includes('asyncio-main'))).toEqual([]);
  });
});

describe('a problem is a message in the element’s place, with the text still readable', () => {
  const sentence = (visit: Visit): Promise<string> => visit.text('.problem');
  const readable = (visit: Visit): Promise<boolean> => visit.page.$eval('asyncio-playground pre', (pre) => (pre as HTMLElement).checkVisibility() && pre.innerText.includes('std::puts'));

  test.each([
    ['theem="dark"', 'Unknown attribute “theem”: did you mean “theme”?'],
    ['theme="darcula"', 'Invalid value “darcula” of “theme”: it must be auto, light or dark.'],
    ['src="missing.cpp"', 'the server answered 404'],
    ['for="#nowhere"', 'Its “for” names “#nowhere”, but this page has no such element'],
    ['for=":::"', 'Invalid value “:::” of “for”'],
  ])('%s', async (attribute, message) => {
    const visit = await opened({ body: program.replace('<asyncio-playground', `<asyncio-playground ${attribute}`) });
    expect(await sentence(visit)).toContain(message);
    expect(await readable(visit)).toBe(true);
    const outcome = await visit.page.$eval('asyncio-playground', async (element) => (await (element as AsyncioPlaygroundElement).run()).outcome);
    expect(outcome).toMatchObject({ type: 'failed', message: expect.stringContaining(message) });
    visit.forget(/Failed to load resource/);
    await visit.page.$eval('asyncio-playground', (element) => {
      for (const name of ['src', 'for', 'theme', 'theem']) element.removeAttribute(name);
    });
    await visit.has('.run');
  });

  test('an old browser', async () => {
    const visit = await site.visit({ body: program }, (page) => page.evaluateOnNewDocument(() => Object.assign(WebAssembly, { validate: () => false })));
    await visit.ready();
    expect(await sentence(visit)).toContain('This browser is too old to run the program');
    expect(await readable(visit)).toBe(true);
  });

  test('a browser that cannot suspend WebAssembly says what does not work, and runs the rest', async () => {
    const visit = await site.visit({ body: program, head: preparedLink }, (page) => page.evaluateOnNewDocument(() => Reflect.deleteProperty(WebAssembly, 'Suspending')));
    await visit.ready();
    expect(await visit.run()).toMatchObject(printed);
    expect(await visit.text('.notice')).toContain('JavaScript Promise Integration');
  });

  onlyInTestAll(() => {
    test('a manifest of another version, and one that is missing: the program is compiled in the page', async () => {
      site.putFile('docs/old.json', JSON.stringify({ form: 1, runtime: 'older', modules: {} }), 'application/json');
      for (const [file, why] of [['old.json', 'version older of the runtime'], ['no.json', 'the server answered 404']] as const) {
        const visit = await site.visit({ body: program.replace('<asyncio-playground', `<asyncio-playground prepared="${file}"`) });
        await visit.ready();
        expect(await visit.run()).toMatchObject(printed);
        expect(await visit.text('.notice')).toContain(why);
        expect(visit.compilerFiles).not.toEqual([]);
        visit.forget(/Failed to load resource/);
      }
    }, 120_000);
  });
});
