import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { ListedServer, ServerNews } from '../../protocol/servers.js';
import type { AwaitGraph, TraceBatch } from '../../protocol/trace.js';
import { Watching } from './watching.js';

const graph: AwaitGraph = {
  type: 'await-graph',
  reason: 'asked',
  loopTime: 0,
  realTime: 0,
  tasks: [],
  things: [],
  cycles: [],
  omitted: 0,
};
const server: ListedServer = { number: 1, url: 'http://127.0.0.1:8080', port: 8080, listening: true, routes: [], routesLeftOut: 0 };
const news: ServerNews = { type: 'server-news', servers: [server], requests: [] };
const batch: TraceBatch = { type: 'trace', records: new ArrayBuffer(0), texts: [] };

let asked: string[];
let shown: string[];
let reported: string[];
let offered: Set<string>;
let marked: boolean;
let serverMarked: boolean;
let failing: boolean;
let watching: Watching;

beforeEach(() => {
  jest.useFakeTimers();
  asked = [];
  shown = [];
  reported = [];
  offered = new Set();
  marked = false;
  serverMarked = false;
  failing = false;
  const note = (text: string) => () => {
    shown.push(text);
  };
  watching = new Watching({
    loadTimeline: () =>
      failing
        ? Promise.reject(new Error('no network'))
        : Promise.resolve({
            started: ({ loop }) => shown.push(`timeline ${loop}`),
            add: note('batch'),
            ended: note('timeline over'),
            shown: note('timeline seen'),
            goTo: (task) => shown.push(`timeline task ${task}`),
          }),
    loadWaits: () =>
      Promise.resolve({
        started: note('waits'),
        show: ({ reason }) => shown.push(`graph ${reason}`),
        ended: note('waits over'),
        shown: note('waits seen'),
      }),
    loadRequests: () =>
      Promise.resolve({
        started: note('requests'),
        news: ({ servers, requests }) => shown.push(`servers ${servers?.length ?? 'as before'}, requests ${requests.length}`),
        answer: ({ id }) => shown.push(`answer ${id}`),
        paused: (is) => shown.push(is ? 'requests held' : 'requests go on'),
        ended: note('requests over'),
        shown: note('requests seen'),
      }),
    ask: (message) => asked.push('on' in message ? `${message.type} ${message.on ? 'on' : 'off'}` : message.type),
    report: (message) => reported.push(message),
    offerAgain: (view, is) => {
      if (is) offered.add(view);
      else offered.delete(view);
    },
    markDeadlock: (is) => {
      marked = is;
    },
    markServer: (is) => {
      serverMarked = is;
    },
  });
  watching.open('console-tab');
});

afterEach(() => {
  jest.useRealTimers();
});

const settled = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

describe('with the console in sight', () => {
  test('nothing is asked of a program, and no panel is loaded', async () => {
    const ended = watching.started('real');
    expect(watching.traces).toBe(false);
    await jest.advanceTimersByTimeAsync(5000);
    ended();
    await settled();
    expect([asked, shown]).toEqual([[], []]);
  });

  test('a deadlock is kept for when the waits are opened', async () => {
    const ended = watching.started('real');
    watching.event({ ...graph, reason: 'deadlock' });
    ended();
    watching.open('waits-tab');
    await settled();
    expect(shown).toEqual(['graph deadlock', 'waits seen']);
  });
});

describe('the timeline', () => {
  test('that is open when a run begins traces it from there', () => {
    watching.open('timeline-tab');
    expect(watching.traces).toBe(true);
  });

  test('can be opened while a program runs, and closed', async () => {
    watching.started('slow');
    watching.open('timeline-tab');
    watching.event(batch);
    await settled();
    expect(shown).toEqual(['timeline 0.1', 'timeline seen', 'batch']);
    watching.open('console-tab');
    expect(asked).toEqual(['trace on', 'trace off']);
  });

  test('hears of the end of its own run only', async () => {
    watching.open('timeline-tab');
    const first = watching.started('real');
    const second = watching.started('fast');
    first();
    await settled();
    expect(shown).toEqual(['timeline seen', 'timeline 1', 'timeline 0']);
    second();
    await settled();
    expect(shown.at(-1)).toBe('timeline over');
  });

  test('that cannot be loaded says so, and is tried again', async () => {
    failing = true;
    watching.open('timeline-tab');
    await settled();
    expect(reported).toEqual([expect.stringContaining('no network')]);
    failing = false;
    watching.open('console-tab');
    watching.open('timeline-tab');
    await settled();
    expect(shown).toEqual(['timeline seen']);
  });
});

describe('the console\'s names of tasks', () => {
  test('have the run traced from its beginning, whatever view is open', () => {
    watching.nameTasks(true);
    expect(watching.traces).toBe(true);
  });

  test('are asked for while a program runs, and need no second trace for the timeline', () => {
    watching.started('real');
    watching.nameTasks(true);
    watching.open('timeline-tab');
    watching.open('console-tab');
    watching.nameTasks(false);
    expect(asked).toEqual(['trace on', 'trace off']);
  });

  test('leave a recorded run for the timeline', async () => {
    watching.nameTasks(true);
    watching.started('real')();
    watching.open('timeline-tab');
    await settled();
    expect(offered).not.toContain('timeline-tab');
  });
});

describe('the waits', () => {
  test('are asked for a few times a second while they are open and a program runs', async () => {
    watching.open('waits-tab');
    expect(asked).toEqual([]);
    const ended = watching.started('real');
    for (let answers = 0; answers < 4; answers += 1) {
      watching.event(graph);
      await jest.advanceTimersByTimeAsync(250);
    }
    expect(asked).toHaveLength(5);
    ended();
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(5);
    expect(shown.filter((one) => one === 'graph asked')).toHaveLength(4);
  });

  test('are not asked for once another view is open', async () => {
    watching.open('waits-tab');
    watching.started('real');
    watching.open('console-tab');
    watching.event(graph);
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toEqual(['await-graph']);
  });

  test('are those of each pause', async () => {
    watching.open('waits-tab');
    watching.started('paused');
    watching.event(graph);
    watching.event({ type: 'paused', loopTime: 5 });
    expect(asked).toEqual(['await-graph', 'await-graph']);
    await settled();
  });
});

describe('the requests', () => {
  test('are recorded from the beginning, and with their tasks, if they are open when a run begins', async () => {
    expect(watching.servers).toBe('reachable');
    watching.open('requests-tab');
    expect([watching.servers, watching.traces]).toEqual(['watched', true]);
    watching.started('real');
    watching.event(news);
    await settled();
    expect(shown).toEqual(['requests seen', 'requests', 'servers 1, requests 0']);
  });

  test('that are opened while a program runs have its servers, and are recorded from there to its end', async () => {
    const ended = watching.started('real');
    watching.event(news);
    watching.open('requests-tab');
    await settled();
    expect(shown).toEqual(['requests', 'servers 1, requests 0', 'requests seen']);
    watching.open('console-tab');
    watching.open('requests-tab');
    expect(asked).toEqual(['trace on', 'watch-requests on', 'trace off', 'trace on']);
    ended();
    await settled();
    expect(shown.at(-1)).toBe('requests over');
  });

  test('get answers, and hear of pauses', async () => {
    watching.open('requests-tab');
    watching.started('paused');
    watching.event({ type: 'paused', loopTime: 5 });
    watching.goesOn();
    watching.event({ type: 'answer', id: 3, part: { kind: 'end', cut: false } });
    await settled();
    expect(shown.slice(-3)).toEqual(['requests held', 'requests go on', 'answer 3']);
  });

  test('lead to a task in the timeline', async () => {
    watching.open('requests-tab');
    watching.started('real');
    watching.showTask(4, 'Task-4');
    await settled();
    expect(shown.at(-1)).toBe('timeline task 4');
  });

  test('of a run that was not watched are offered again, if it had a server', async () => {
    watching.started('real')();
    watching.open('requests-tab');
    expect(offered).not.toContain('requests-tab');
    watching.open('console-tab');
    const ended = watching.started('real');
    watching.event(news);
    ended();
    watching.open('requests-tab');
    await settled();
    expect(offered).toContain('requests-tab');
  });

  test('have a mark while a server listens', () => {
    const ended = watching.started('real');
    watching.event(news);
    expect(serverMarked).toBe(true);
    watching.event({ ...news, servers: [{ ...server, listening: false }] });
    expect(serverMarked).toBe(false);
    watching.event(news);
    ended();
    expect(serverMarked).toBe(false);
  });
});

describe('two views at once', () => {
  test('are both watched, until one of them is closed', async () => {
    watching.open('timeline-tab', 'waits-tab');
    expect(watching.traces).toBe(true);
    watching.started('real');
    await settled();
    expect(asked).toEqual(['trace on', 'await-graph']);
    watching.open('timeline-tab', 'console-tab');
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toEqual(['trace on', 'await-graph']);
    expect(watching.traces).toBe(true);
    watching.open('console-tab');
    expect(asked).toEqual(['trace on', 'await-graph', 'trace off']);
  });

  test('one of which stays is not opened again', async () => {
    watching.open('timeline-tab', 'console-tab');
    watching.open('timeline-tab', 'files-tab');
    await settled();
    expect(asked).toEqual(['trace on']);
    expect(shown).toEqual(['timeline seen']);
  });
});

describe('a deadlock', () => {
  test('is marked until the waits are opened', () => {
    watching.started('real');
    watching.event({ ...graph, reason: 'deadlock' });
    expect(marked).toBe(true);
    watching.open('console-tab', 'waits-tab');
    expect(marked).toBe(false);
  });

  test('is no longer marked once another run begins', () => {
    watching.started('real');
    watching.event({ ...graph, reason: 'deadlock' });
    watching.started('real');
    expect(marked).toBe(false);
  });

  test('is not marked while the waits show it, nor is a graph that was asked for', () => {
    watching.started('real');
    watching.event(graph);
    expect(marked).toBe(false);
    watching.open('waits-tab');
    watching.event({ ...graph, reason: 'deadlock' });
    expect(marked).toBe(false);
  });
});

test('a paused program is asked where its tasks wait, for the editor, whatever view is open', () => {
  watching.started('paused');
  watching.event({ type: 'paused', loopTime: 5 });
  expect(asked).toEqual(['await-graph']);
});

describe.each(['timeline-tab', 'waits-tab'])('another run is offered in the %s', (view) => {
  test('after one that ended without it being open', async () => {
    watching.started('real')();
    watching.open(view);
    await settled();
    expect(offered).toContain(view);
    watching.started('real');
    expect(offered).not.toContain(view);
  });

  test.each<[string, () => void]>([
    ['before the first run', () => undefined],
    ['after one in which it was open', () => {
      watching.open(view);
      watching.started('real')();
      watching.open('console-tab');
    }],
    ['after one in which it was open at the end', () => {
      const ended = watching.started('real');
      watching.open(view);
      ended();
    }],
    ['while one runs', () => {
      watching.started('real');
    }],
  ])('not %s', async (_when, before) => {
    before();
    watching.open(view);
    await settled();
    expect(offered).not.toContain(view);
  });
});

test('no other run is offered in the waits after a deadlock, which is kept', async () => {
  const ended = watching.started('real');
  watching.event({ ...graph, reason: 'deadlock' });
  ended();
  watching.open('waits-tab');
  await settled();
  expect(offered).toEqual(new Set(['timeline-tab']));
});
