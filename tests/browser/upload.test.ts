import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { selfSigned } from './certificate.js';
import { printedLines } from './program/good-end.js';
import { ProgramPage } from './program/program-page.js';
import { TlsServer } from './tls-server.js';

let page: ProgramPage;
let server: TlsServer;
let oldServer: TlsServer;
let cases: string;

beforeAll(async () => {
  const certificate = selfSigned();
  server = await TlsServer.open(2, certificate);
  oldServer = await TlsServer.open(1, certificate);
  page = await ProgramPage.open(certificate.chromiumArguments);
  cases = page.build('upload-cases', '1');
});

afterAll(async () => {
  // The browser reports each request that fails or is refused.
  page.forgetErrors(/Failed to load resource|blocked by CORS|ERR_/);
  await page.close();
  await server.close();
  await oldServer.close();
});

const linesOf = async (name: string, { url } = server): Promise<string[]> => printedLines(await page.run(cases, [name, url]));

describe('a body in pieces', () => {
  test('goes out piece by piece over HTTP/2', async () => {
    expect(await linesOf('pieces')).toEqual(['200 HTTP/2.0, length unknown: one two grüße', '200 HTTP/2.0, length unknown:']);
    expect(await linesOf('conversation')).toEqual(['first, of which the server has seen [first]']);
  });

  test('is collected for a server that speaks HTTP/1.1 only', async () => {
    expect(await linesOf('pieces', oldServer)).toEqual(['200 HTTP/1.1, length 15: one two grüße', '200 HTTP/1.1, length 0:']);
  });

  test('is produced only as fast as the server reads', async () => {
    const program = await page.start(cases, ['back-pressure', server.url]);
    await program.printed('held back');
    server.openTap();
    expect(printedLines(await program.finished())).toEqual(['held back: true', '64 made, 64000000 bytes came']);
  });

  test('is produced only as far as the server wants it', async () => {
    expect(await linesOf('enough')).toEqual(['413 enough, all made: false']);
  });

  test('that fails tells why, the server sees the end, and the loop goes on', async () => {
    const before = server.aborted;
    expect(await linesOf('errors')).toEqual([
      'connection, all made: false',
      'redirect',
      'the source is dry',
      'the request body was not accepted by',
      'GET has no body',
      'HTTP/2.0, length 5: whole',
    ]);
    while (server.aborted < before + 2) await new Promise(setImmediate);
  });
});

test('cookies go where credentials say, and nowhere else', async () => {
  expect(await linesOf('cookies')).toEqual([
    'baked false',
    'include: taste=sweet',
    'omit: none',
    'a page cannot set the header Cookie, which the browser controls; credentials "include" sends the cookies that the browser keeps',
    'no such credentials',
  ]);
});
