import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import type { ServerNews } from '../../web/protocol/servers.js';
import { axeViolations } from './axe.js';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView } from './screens.js';

let playground: Playground;
let page: Page;
oneVisit((opened) => {
  playground = opened;
  page = opened.page;
});

const routes = `#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <cstdio>
#include <string>
using namespace asyncio;
using namespace std::chrono_literals;

Coro<web::Response> notes(web::Request&) {
    co_return web::json_response(Json{{"notes", Json::array({{{"id", 1}, {"text", "milk"}}, {{"id", 2}, {"text", "<b>bread</b>"}}})}, {"more", false}});
}
Coro<web::Response> create(web::Request& request) {
    const Json note = co_await request.json();
    Json answer = {{"text", note["text"]}, {"token", request.headers().get("Authorization").value_or("")}, {"type", request.content_type()}};
    co_return web::json_response(answer, {.status = 201, .headers = {{"X-Made", "here"}}});
}
Coro<web::Response> show(web::Request& request) { co_return web::Response{.text = "note " + request.match_info("id")}; }
Coro<web::Response> page(web::Request&) {
    co_return web::Response{.text = "<h1>A page</h1><script>top.broken = 1; document.title = 'broken'</script><img src='http://127.0.0.1:1/x.png' onerror='top.broken = 2'>"
                                    "<a href='http://127.0.0.1:1/away'>away</a><meta http-equiv='refresh' content='0; url=http://127.0.0.1:1/refreshed'>",
                            .content_type = "text/html"};
}
Coro<web::Response> never(web::Request&) {
    co_await Event().wait();
    co_return web::Response{};
}
Coro<web::Response> big(web::Request&) { co_return web::Response{.text = std::string(1'500'000, 'x')}; }
Coro<web::Response> events(web::Request& request) {
    co_return co_await web::sse_response(request, [](web::EventStream events) -> Coro<> {
        co_await events.send("one");
        co_await Event().wait();
    });
}

web::Application make_app() {
    web::Application app;
    app.router().add_get("/notes", notes);
    app.router().add_post("/notes", create);
    app.router().add_get(R"(/notes/{id:\\d+})", show);
    app.router().add_get("/page", page);
    app.router().add_get("/never", never);
    app.router().add_get("/big", big);
    app.router().add_get("/events", events);
    return app;
}
`;

/**
 * Serves on port 8080, does what `body` says, and then, unless it `ends`, waits for something that never comes. `patient`: at
 * its end it waits for its handlers.
 */
const serving = (body = '', { ends = false, patient = false } = {}): string => `${routes}
Coro<> amain() {
    web::AppRunner runner(make_app(), {.shutdown_timeout = ${patient ? 60 : 0}});
    co_await async_with(runner, [&]() -> Coro<> {
        web::TCPSite site(runner, "127.0.0.1", 8080);
        co_await site.start();
        ${body}
        std::puts("serving");
        std::fflush(stdout);
        ${ends ? 'co_return;' : 'co_await Event().wait();'}
    });
}
int main() { run(amain()); }
`;

async function start(source: string): Promise<void> {
  await playground.setText(source);
  await page.click('#run');
  await page.waitForSelector('#requests .server-state[data-listening="true"]', { visible: true });
}

async function stop(): Promise<void> {
  if ((await page.$('#run[data-phase="running"]')) !== null) await page.click('#run');
  await page.waitForSelector('#run[data-phase="idle"]');
}

beforeEach(() => openView(page, 'requests-tab'));

afterEach(async () => {
  await stop();
  await page.evaluate(() => window.asyncioPlayground?.setPace('real', null));
  expect(playground.takeErrors()).toEqual([]);
});

const textOf = (selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent ?? '');
const textsOf = (selector: string): Promise<string[]> => page.$$eval(selector, (all) => all.map((element) => element.textContent ?? ''));
const appears = (selector: string, text: string): Promise<unknown> =>
  page.waitForFunction((where, wanted) => document.querySelector(where)?.textContent?.includes(wanted), { polling: 20 }, selector, text);

async function setField(selector: string, text: string): Promise<void> {
  await page.$eval(selector, (field, value) => {
    (field as HTMLInputElement).value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}

async function clearFields(): Promise<void> {
  for (const field of ['.request-field textarea', '.request-field + .request-field textarea']) await setField(field, '');
}

async function choose(route: string): Promise<void> {
  const buttons = await page.$$('.route');
  const at = (await textsOf('.route')).indexOf(route);
  await buttons[at]?.click();
}

/** Sends the form, and waits for the end of the answer. */
async function send(): Promise<void> {
  await page.click('.request-line button[type="submit"]');
  await page.waitForSelector('.answer:not([data-state="open"]):not([hidden])');
}

describe('without a server', () => {
  test('the panel says that none listens, and what starts one', async () => {
    await playground.run('int main() {}');
    expect(await textOf('#requests .empty')).toContain('No server is listening: the program has ended, and has started none.');
    expect(await textOf('#requests .empty')).toContain('asyncio::run(web::run_app(app))');
    expect(await page.$eval('.requests', (content) => content.checkVisibility())).toBe(false);
  });
});

describe('the panel of a program with a server', () => {
  test('shows the server and its routes, and has a mark on its tab', async () => {
    await page.click('#console-tab');
    await playground.setText(serving());
    await page.click('#run');
    await page.waitForSelector('#requests-tab .server-mark', { visible: true });
    await page.click('#requests-tab');
    await page.waitForSelector('.server-url', { visible: true });
    expect(await textsOf('.server-url')).toEqual(['http://127.0.0.1:8080']);
    expect(await textsOf('.route')).toEqual(['GET/notes', 'POST/notes', 'GET/notes/{id:\\d+}', 'GET/page', 'GET/never', 'GET/big', 'GET/events']);
    await stop();
    expect(await page.$eval('#requests-tab .server-mark', (mark) => mark.checkVisibility())).toBe(false);
  });

  test('sends a GET and folds the JSON of the answer', async () => {
    await start(serving());
    await choose('GET/notes');
    await send();
    expect(await textOf('.answer .status')).toBe('200 OK');
    expect(await textOf('.answer-facts')).toMatch(/^[\d.]+ m?s · \d+ B · application\/json$/);
    expect(await textsOf('.json-key')).toEqual(['"notes"', '"id"', '"text"', '"id"', '"text"', '"more"']);
    expect(await textOf('.json')).toContain('"<b>bread</b>"');
    const [, notes] = await page.$$('.json-folding > summary');
    await notes?.click();
    expect(await page.$$eval('.json-key', (keys) => keys.filter((key) => key.checkVisibility()).map((key) => key.textContent))).toEqual(['"notes"', '"more"']);
    await page.click('.answer-kinds button:last-child');
    expect(await textOf('.answer-text')).toMatch(/^\{"notes": ?\[/);
    await page.click('.answer-kinds button:first-child');
    await page.click('.answer-headers summary');
    expect(await textsOf('.answer-headers dt')).toContain('Content-Type');
  });

  test('sends a POST with headers and a body, whose type it knows', async () => {
    await start(serving());
    await choose('POST/notes');
    const [headers, body] = await page.$$('.request-field textarea');
    await headers?.type('Authorization: Bearer secret');
    await body?.type('{"text": "milk"}');
    await send();
    expect(await textOf('.answer .status')).toBe('201 Created');
    expect(await textOf('.json')).toContain('"token": "Bearer secret"');
    expect(await textOf('.json')).toContain('"type": "application/json"');
    await clearFields();
  });

  test('asks for the value of a variable in the path, and sends it', async () => {
    await start(serving());
    await choose('GET/notes/{id:\\d+}');
    await page.keyboard.press('Enter');
    expect(await textOf('.request-problem')).toBe('Replace {id} in the path by a value.');
    // The variable is selected.
    await choose('GET/notes/{id:\\d+}');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await appears('.answer-text', 'note 7');
  });

  test('refuses a header and a body that cannot be sent', async () => {
    await start(serving());
    await choose('POST/notes');
    await setField('.request-field textarea', 'no header');
    await page.click('.request-line button[type="submit"]');
    expect(await textOf('.request-problem')).toContain('“no header” is not a header');
    await clearFields();
    await setField('.request-field + .request-field textarea', 'x'.repeat(2_000_000));
    await page.click('.request-line button[type="submit"]');
    expect(await textOf('.request-problem')).toBe('The body is too large: 2.0 MB of at most 1.0 MB that can be sent from here.');
    await clearFields();
  });

  test('shows HTML in a frame that runs, loads and leads to nothing', async () => {
    const asked: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url);
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    const title = await page.title();
    await start(serving().replaceAll('127.0.0.1:1/', `127.0.0.1:${port}/`));
    await choose('GET/page');
    await send();
    const handle = await page.waitForSelector('.answer-page');
    const frame = await handle?.contentFrame();
    await frame?.waitForSelector('h1');
    expect(await handle?.evaluate((element) => element.getAttribute('sandbox'))).toBe('');
    // The engine itself may still look into the frame: its scripts may not.
    expect(await page.evaluate(() => ['broken' in window, document.title])).toEqual([false, title]);
    const link = await frame?.$('a');
    await link?.click();
    expect(await frame?.$$eval('a, h1', (all) => all.map((element) => element.textContent))).toEqual(['A page', 'away']);
    // The server is reached: the frame is what asks it for nothing.
    await fetch(`http://127.0.0.1:${port}/by-the-test`);
    expect(asked).toEqual(['/by-the-test']);
    elsewhere.close();
    await page.click('.answer-kinds button:last-child');
    expect(await textOf('.answer-text')).toContain('<script>');
    await choose('GET/notes');
    await send();
    await page.click('.answer-kinds button:first-child');
    expect(await textOf('.json')).toContain('milk');
    // The browser says what it has blocked.
    expect(playground.takeErrors().filter((error) => !/sandboxed|Content Security Policy|ERR_BLOCKED_BY_CSP/.test(error))).toEqual([]);
  });

  test('cuts a body that is too large, and says so', async () => {
    await start(serving());
    await choose('GET/big');
    await send();
    expect(await textOf('.answer-note')).toBe('The body is cut: only its first 1.0 MB are kept, and the connection was closed.');
    expect(await textOf('.answer-body .requests-hint')).toBe('The first 200,000 of 1,048,576 characters are shown.');
    expect((await textOf('.answer-text')).length).toBe(200_000);
    // The server goes on.
    await choose('GET/notes');
    await send();
    expect(await textOf('.answer .status')).toBe('200 OK');
  });

  test('waits for a handler that never answers until it is cancelled, and can be used again', async () => {
    await start(serving());
    await choose('GET/never');
    await page.click('.request-line button[type="submit"]');
    await appears('.answer-line', 'Waiting for the answer');
    expect(await page.$eval('.request-line button[type="submit"]', (button) => button.checkVisibility())).toBe(false);
    await page.click('.request-line ::-p-text(Cancel)');
    await appears('.answer-note', 'Cancelled: the connection was closed. The handler goes on until it sends, or ends.');
    await choose('GET/notes');
    await send();
    expect(await textOf('.answer .status')).toBe('200 OK');
  });

  test('shows an answer that does not end as it comes', async () => {
    await start(serving());
    await choose('GET/events');
    await page.click('.request-line button[type="submit"]');
    await appears('.answer-text', 'data: one');
    expect(await textOf('.answer-facts')).toContain('receiving …');
    await page.click('.request-line ::-p-text(Cancel)');
    await appears('.answer-note', 'Cancelled: the connection was closed, and what had arrived by then is shown.');
    expect(await textOf('.answer-text')).toContain('data: one');
  });

  test('says that the program has ended, and gives up what was under way', async () => {
    await start(serving());
    await choose('GET/never');
    await page.click('.request-line button[type="submit"]');
    await appears('.served tbody tr', '/never');
    await stop();
    await appears('.answer-note', 'The connection ended without an answer: the server closed it.');
    expect(await textOf('.requests-note')).toBe('The program has ended, and its servers with it. Run it again to send requests.');
    expect(await textsOf('.server-state')).toEqual(['closed']);
    expect(await page.$eval('.request-line button[type="submit"]', (button) => button.disabled)).toBe(true);
  });

  test('gives up what was under way when the program is ended by force', async () => {
    await start(serving('', { patient: true }));
    await choose('GET/never');
    await page.click('.request-line button[type="submit"]');
    await appears('.served tbody tr', '/never');
    await page.click('#run');
    await page.waitForSelector('#run[data-phase="stopping"]');
    await page.click('#run');
    await page.waitForSelector('#run[data-phase="idle"]');
    await appears('.answer-note', 'The program ended without an answer.');
  });

  test('says that a server is gone while the program goes on', async () => {
    await start(serving('loop_closes(site);').replace('web::Application make_app', 'void loop_closes(web::TCPSite site) { get_running_loop().add_signal_handler(SIGTERM, [] {}); get_running_loop().call_later(0.3, [site]() mutable { site.stop(); }); }\nweb::Application make_app').replace('<cstdio>', '<csignal>\n#include <cstdio>'));
    await page.waitForSelector('.server-state[data-listening="false"]');
    expect(await textOf('.requests-note')).toBe('No server is listening any more: the program has closed it.');
  });

  test('is answered on a fast and on a paused clock', async () => {
    for (const clock of ['fast', 'paused'] as const) {
      await page.evaluate((pace) => window.asyncioPlayground?.setPace(pace, null), clock);
      await playground.setText(serving());
      await page.click('#run');
      if (clock === 'paused') {
        for (let turn = 0; turn < 60 && (await page.$('.server-state[data-listening="true"]')) === null; turn += 1) {
          await page.waitForSelector('#step:not([hidden])');
          await page.click('#step');
        }
      }
      await page.waitForSelector('.server-state[data-listening="true"]');
      await choose('GET/notes');
      await page.click('.request-line button[type="submit"]');
      if (clock === 'paused') {
        await appears('.requests-note', 'The program is paused: it answers as you step or continue.');
        await page.click('#continue');
      }
      await appears('.answer .status', '200 OK');
      await stop();
    }
  });
});

describe('the list of requests', () => {
  const asking = `http::ClientSession session;
        (void)co_await session.get("http://127.0.0.1:8080/notes?of=program");
        (void)co_await session.get("http://127.0.0.1:8080/none");`;

  test('has those of the program and those of the panel, the newest first', async () => {
    await start(serving(asking));
    await appears('.served tbody tr', '/none');
    await choose('GET/notes');
    await send();
    await page.waitForFunction(() => document.querySelectorAll('.served tbody tr').length === 3 && document.querySelector('.served tbody tr')?.textContent?.includes('200'));
    const rows = await page.$$eval('.served tbody tr', (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    expect(rows.map(([method, path, status]) => [method, path, status])).toEqual([
      ['GET', '/notes', '200'],
      ['GET', '/none', '404'],
      ['GET', '/notes?of=program', '200'],
    ]);
    for (const [, , , time, task] of rows) {
      expect(time).toMatch(/^[\d.]+ m?s$/);
      expect(task).toMatch(/^Task-\d+$/);
    }
  });

  test('leads to the lane of a request’s task in the timeline', async () => {
    await start(serving(asking));
    await appears('.served tbody tr', '/none');
    const task = await textOf('.served tbody tr button');
    await page.click('.served tbody tr button');
    expect(await page.$eval('#timeline-view', (view) => view.checkVisibility())).toBe(true);
    await appears('.timeline-details', task);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('timeline-lanes');
  });

  test('leads on a phone to the screen of the timeline', async () => {
    await start(serving(asking));
    await appears('.served tbody tr', '/none');
    await page.setViewport({ width: 390, height: 800 });
    await openView(page, 'requests-tab');
    const task = await textOf('.served tbody tr button');
    await page.click('.served tbody tr button');
    expect(await page.evaluate(() => document.body.dataset['screen'])).toBe('timeline');
    await appears('.timeline-details', task);
    await page.setViewport({ width: 1280, height: 800 });
  });

  test('has the end of a program that ends at once, too', async () => {
    await playground.run(serving(asking, { ends: true }));
    await page.waitForFunction(() => document.querySelectorAll('.served tbody tr').length === 2);
    expect(await textsOf('.server-state')).toEqual(['closed']);
  });

  test('of a run that was not watched is offered again', async () => {
    await page.click('#console-tab');
    await playground.run(serving(asking, { ends: true }));
    await page.click('#requests-tab');
    await page.waitForSelector('#requests-offer', { visible: true });
    await page.click('#record-requests');
    await page.waitForFunction(() => document.querySelectorAll('.served tbody tr').length === 2);
  });
});

describe('a hostile program', () => {
  test('shows its texts as texts', async () => {
    await start(serving());
    const evil = '<img src=x onerror="window.broken=1">';
    const news: ServerNews = {
      type: 'server-news',
      servers: [{ number: 1, url: evil, port: 8080, listening: true, routes: [{ method: evil, pattern: evil }], routesLeftOut: 0 }],
      requests: [{ number: 1, server: evil, method: evil, target: evil, status: 200, state: 'answered', took: 1, task: 1, taskName: evil }],
    };
    await page.evaluate((event) => window.asyncioPlayground?.showTrace(event), news);
    await appears('.server-url', evil);
    await appears('.served-path', evil);
    expect(await page.$('#requests img')).toBeNull();
    expect(await page.evaluate(() => 'broken' in window)).toBe(false);
  });
});

test('a program that waits for ever beside a server that listens is in no deadlock, without one it is', async () => {
  const alone = await playground.run('#include <asyncio.hpp>\nusing namespace asyncio;\nCoro<> amain() { co_await Event().wait(); }\nint main() { run(amain()); }\n');
  expect(alone.report.outcome).toMatchObject({ type: 'crash' });
  await start(serving());
  await playground.consoleShows('serving');
  expect(await page.$('#run[data-phase="running"]')).not.toBeNull();
});

describe.each([1280, 390])('at %d pixels', (width) => {
  test.each(['light', 'dark'])('axe finds nothing in the %s theme with an answer and requests', async (scheme) => {
    await start(serving());
    await choose('GET/notes');
    await send();
    await page.waitForSelector('.served tbody tr');
    await page.setViewport({ width, height: 800 });
    await page.select('#theme', scheme);
    await openView(page, 'requests-tab');
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.$eval('.requests', (content) => content.scrollWidth - content.clientWidth)).toBeLessThanOrEqual(0);
    await page.setViewport({ width: 1280, height: 800 });
  });
});
