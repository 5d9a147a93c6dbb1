import { beforeEach, describe, expect, test } from '@jest/globals';
import { Address } from './address.js';

interface Entry {
  url: string;
  state: unknown;
}

/** A window of which only the address and the history are there. */
class TestWindow {
  entries: Entry[] = [{ url: '/page?x', state: null }];
  at = 0;
  readonly #listeners: (() => void)[] = [];
  readonly history: Pick<History, 'state' | 'pushState' | 'replaceState'>;
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search' | 'href'>;

  constructor(url = '/page?x') {
    const current = (): Entry => this.entries[this.at] as Entry;
    const parsed = (): URL => new URL(current().url, 'https://here.example');
    current().url = url;
    this.history = {
      get state(): unknown {
        return current().state;
      },
      pushState: (state, _unused, to) => {
        this.entries.splice(this.at + 1, Infinity, { url: String(to ?? current().url), state });
        this.at += 1;
      },
      replaceState: (state, _unused, to) => {
        this.entries[this.at] = { url: String(to ?? current().url), state };
      },
    };
    this.location = {
      get hash(): string {
        return parsed().hash;
      },
      get pathname(): string {
        return parsed().pathname;
      },
      get search(): string {
        return parsed().search;
      },
      get href(): string {
        return current().url;
      },
    };
  }

  addEventListener(_type: string, listener: () => void): void {
    this.#listeners.push(listener);
  }

  go(by: number): void {
    this.at += by;
    for (const listener of this.#listeners) listener();
  }

  get urls(): string[] {
    return this.entries.map(({ url }) => url);
  }
}

let browser: TestWindow;
let address: Address;

beforeEach(() => {
  browser = new TestWindow();
  address = new Address(browser as unknown as Window);
});

function visit(url: string): void {
  browser = new TestWindow(url);
  address = new Address(browser as unknown as Window);
}

describe('the address', () => {
  test('stays as it is for what the page opens by itself', () => {
    address.opened({ example: 'a' });
    expect(browser.urls).toEqual(['/page?x']);
    expect(address.place).toEqual({ example: 'a' });
  });

  test('names an example that is chosen, and no snippet of the user', () => {
    address.opened({ snippet: 'mine' });
    address.opened({ example: 'a b' });
    address.opened({ snippet: 'mine' });
    expect(browser.urls).toEqual(['/page?x', '/page?x#example=a%20b', '/page?x']);
    expect(address.place).toEqual({ snippet: 'mine' });
  });

  test('names the example that is open already when it is chosen', () => {
    address.opened({ example: 'a' });
    address.opened({ example: 'a' });
    expect(browser.urls).toEqual(['/page?x#example=a']);
  });

  test('names no link any more once its project is stored', () => {
    visit('/page#code=1.x');
    address.opened({ snippet: 'new', code: '1.x' });
    expect(browser.urls).toEqual(['/page#code=1.x']);
    address.moved({ snippet: 'new' });
    expect(browser.urls).toEqual(['/page']);
    expect(address.place).toEqual({ snippet: 'new' });
  });

  test('stays when an example is edited for the first time', () => {
    address.opened({ example: 'a' });
    address.moved({ snippet: 'example:a', example: 'a' });
    expect(browser.urls).toEqual(['/page?x']);
  });

  test('names no example any more once its copy has a name of its own', () => {
    visit('/page#example=a');
    address.opened({ example: 'a' });
    address.moved({ snippet: 'own' });
    expect(browser.urls).toEqual(['/page']);
    expect(address.place).toEqual({ snippet: 'own' });
  });
});

describe('an entry of the history', () => {
  test('leads back to what was open, without a new entry', () => {
    const led: unknown[] = [];
    address.onTraversal(() => led.push(address.place));
    address.opened({ snippet: 'mine' });
    address.opened({ example: 'a' });
    address.opened({ example: 'b' });
    browser.go(-1);
    address.opened({ example: 'a' });
    browser.go(-1);
    address.opened({ snippet: 'mine' });
    browser.go(2);
    expect(led).toEqual([{ example: 'a' }, { snippet: 'mine' }, { example: 'b' }]);
    expect(browser.entries).toHaveLength(3);
  });

  test('is not changed by a save that ends after Back', () => {
    address.opened({ example: 'a' });
    address.opened({ snippet: 'new', code: '1.x' });
    browser.go(-1);
    address.moved({ snippet: 'new' });
    expect(address.place).toEqual({ example: 'a' });
  });

  test('that leads nowhere is that of what is opened instead', () => {
    visit('/page#example=none');
    address.forget();
    address.opened({ snippet: 'new' });
    expect(browser.urls).toEqual(['/page']);
    expect(browser.entries).toHaveLength(1);
  });

  test('without a place becomes that of what is open', () => {
    address.opened({ example: 'a' });
    browser.history.pushState(null, '', '/page?x#');
    expect(address.place).toBeUndefined();
    address.stay();
    expect(address.place).toEqual({ example: 'a' });
  });

  test.each([null, 7, 'x', {}, { snippet: 7 }])('with the state %j of another script leads nowhere', (state) => {
    browser.history.replaceState(state, '');
    expect(address.place).toBeUndefined();
  });
});
