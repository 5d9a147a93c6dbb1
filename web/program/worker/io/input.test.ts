import { describe, expect, test } from '@jest/globals';
import { Input } from './input.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('standard input', () => {
  test('gives its bytes in the order they came, piece by piece', () => {
    const input = new Input();
    input.append('grüße\n');
    input.append('more');
    expect(text(input.take(4))).toBe('grü');
    expect(text(input.take(100))).toBe('ße\n');
    expect(text(input.take(100))).toBe('more');
    expect(input.take(100).length).toBe(0);
  });

  test('has a line only when its end has come', () => {
    const input = new Input();
    input.append('begin');
    expect([input.ready, input.hasLine()]).toEqual([true, false]);
    input.append('ning\nnext');
    expect(input.hasLine()).toBe(true);
    input.take(5);
    input.take(5);
    expect(input.hasLine()).toBe(false);
    expect(text(input.take(100))).toBe('next');
  });

  test('ends with what has come, a line without its end too', () => {
    const input = new Input();
    input.append('last');
    input.end();
    expect(input.hasLine()).toBe(true);
    expect(text(input.take(100))).toBe('last');
    input.append('too late');
    expect([input.ready, input.take(100).length]).toEqual([true, 0]);
  });

  test('wakes who waits for any of it, and who waits for a line', async () => {
    const input = new Input();
    const order: string[] = [];
    const any = input.whenReady().then((how) => order.push(how));
    const line = input.whenLine().then(() => order.push('line'));
    input.append('a');
    await any;
    expect(order).toEqual(['ready']);
    input.append('\n');
    await line;
    expect(order).toEqual(['ready', 'line']);
  });

  test('is told of as awaited only when it is not there', async () => {
    const input = new Input();
    let awaited = 0;
    input.connect(() => {
      awaited += 1;
    });
    input.append('a\n');
    await input.whenReady();
    await input.whenLine();
    expect(awaited).toBe(0);
    input.take(2);
    void input.whenLine();
    expect(awaited).toBe(1);
  });

  test('lets an interrupt end the wait of who blocks, and of nobody else', async () => {
    const input = new Input();
    let line = false;
    void input.whenLine().then(() => {
      line = true;
    });
    const blocked = input.whenReady();
    input.interrupt();
    expect(await blocked).toBe('interrupted');
    expect(line).toBe(false);
    input.append('still works\n');
    expect(text(input.take(100))).toBe('still works\n');
  });
});
