import { describe, expect, test } from '@jest/globals';
import { ThreadsSwitch, type Isolation } from './threads-switch.js';

class Setting {
  readonly done: string[] = [];
  readonly reported: string[] = [];
  readonly label = { hidden: true } as HTMLElement;
  readonly box: HTMLInputElement;
  #change: () => void = () => undefined;

  constructor(state: { possible?: boolean; on?: boolean; served?: boolean; error?: Error } = {}) {
    const act = (what: string) => () => {
      this.done.push(what);
      return state.error === undefined ? Promise.resolve() : Promise.reject(state.error);
    };
    const isolation: Isolation = {
      possible: state.possible ?? true,
      on: state.on ?? false,
      served: () => Promise.resolve(state.served ?? false),
      turnOn: act('on'),
      turnOff: act('off'),
      reload: () => this.done.push('reload'),
    };
    const box = {
      checked: false,
      disabled: false,
      addEventListener: (_type: string, listener: () => void) => {
        this.#change = listener;
      },
    };
    this.box = box as unknown as HTMLInputElement;
    this.threads = new ThreadsSwitch(this.label, this.box, isolation, (message) => this.reported.push(message));
  }

  readonly threads: ThreadsSwitch;

  async check(checked: boolean): Promise<void> {
    this.box.checked = checked;
    this.#change();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the switch for real threads', () => {
  test.each([
    ['the browser cannot have them', { possible: false }],
    ['the server has isolated the page', { on: true, served: false }],
  ])('is hidden where %s', async (_where, state) => {
    const { threads, label } = new Setting(state);
    await threads.show();
    expect(label.hidden).toBe(true);
  });

  test('turns them on and reloads', async () => {
    const setting = new Setting();
    await setting.threads.show();
    expect({ hidden: setting.label.hidden, checked: setting.box.checked }).toEqual({ hidden: false, checked: false });
    await setting.check(true);
    expect(setting.done).toEqual(['on', 'reload']);
  });

  test('turns them off and reloads', async () => {
    const setting = new Setting({ on: true, served: true });
    await setting.threads.show();
    expect(setting.box.checked).toBe(true);
    await setting.check(false);
    expect(setting.done).toEqual(['off', 'reload']);
  });

  test('says that it failed, and goes back', async () => {
    const setting = new Setting({ error: new Error('no workers here') });
    await setting.threads.show();
    await setting.check(true);
    expect(setting.done).toEqual(['on']);
    expect(setting.reported).toEqual(['The setting for real threads could not be changed: no workers here']);
    expect({ checked: setting.box.checked, disabled: setting.box.disabled }).toEqual({ checked: false, disabled: false });
  });

  test('says that the browser does not isolate the page although it was asked to', async () => {
    const setting = new Setting({ served: true });
    await setting.threads.show();
    expect(setting.reported).toEqual([expect.stringContaining('does not isolate the page')]);
  });
});
