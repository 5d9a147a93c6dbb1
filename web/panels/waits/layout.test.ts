import { describe, expect, test } from '@jest/globals';
import { layOut, type Box, type Layout, type Link } from './layout.js';

const box: Box = { width: 100, height: 40 };
const boxes = (count: number): Box[] => Array.from({ length: count }, () => box);

function overlaps({ places }: Layout): number {
  let count = 0;
  places.forEach((a, at) => {
    for (const b of places.slice(at + 1)) {
      if (Math.abs(a.x - b.x) < box.width && Math.abs(a.y - b.y) < box.height) count += 1;
    }
  });
  return count;
}

function expectInside({ places, routes, width, height }: Layout): void {
  for (const { x, y } of places) {
    expect(x - box.width / 2).toBeGreaterThanOrEqual(0);
    expect(x + box.width / 2).toBeLessThanOrEqual(width);
    expect(y - box.height / 2).toBeGreaterThanOrEqual(0);
    expect(y + box.height / 2).toBeLessThanOrEqual(height);
  }
  for (const { x, y } of routes.flat()) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
}

describe('the layout', () => {
  test('puts what is waited for to the right of who waits', () => {
    const { places } = layOut(boxes(3), [{ from: 0, to: 1 }, { from: 1, to: 2 }]);
    expect(places.map(({ x }) => x)).toEqual([...places.map(({ x }) => x)].sort((a, b) => a - b));
    expect(new Set(places.map(({ x }) => x)).size).toBe(3);
  });

  test('leads downwards as well, with boxes of the same size', () => {
    const links = [{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 0, to: 2 }];
    const layout = layOut(boxes(3), links, 'down');
    expect(layout.places[2]?.y).toBeGreaterThan((layout.places[0]?.y ?? Infinity) + 2 * box.height);
    expect(overlaps(layout)).toBe(0);
    expectInside(layout);
  });

  test('holds a circle, whose last arrow leads back', () => {
    const layout = layOut(boxes(3), [{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 2, to: 0 }]);
    expect(overlaps(layout)).toBe(0);
    const back = layout.routes[2] ?? [];
    expect(back[0]?.x).toBeGreaterThan(back.at(-1)?.x ?? Infinity);
    expectInside(layout);
  });

  test('takes a task that waits for itself, and the same arrow twice', () => {
    expectInside(layOut(boxes(2), [{ from: 0, to: 0 }, { from: 0, to: 1 }, { from: 0, to: 1 }]));
  });

  test('of nothing is empty', () => {
    expect(layOut([], [])).toMatchObject({ places: [], routes: [] });
  });

  test('leads a long arrow past the boxes between', () => {
    const links = [{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 0, to: 2 }];
    const { places, routes } = layOut(boxes(3), links);
    const passed = routes[2]?.[1];
    expect(passed?.x).toBe(places[1]?.x);
    expect(Math.abs((passed?.y ?? 0) - (places[1]?.y ?? 0))).toBeGreaterThan(box.height / 2);
  });

  test('sets straight what crosses only by its order', () => {
    const { places } = layOut(boxes(4), [{ from: 0, to: 3 }, { from: 1, to: 2 }]);
    const y = (at: number): number => places[at]?.y ?? NaN;
    expect(Math.sign(y(0) - y(1))).toBe(Math.sign(y(3) - y(2)));
  });

  test('holds a chain of 10,000 without running out of stack', () => {
    const links = Array.from({ length: 9_999 }, (_unused, at) => ({ from: at, to: at + 1 }));
    expect(layOut(boxes(10_000), links).places).toHaveLength(10_000);
  });
});

test('graphs of any kind have no overlapping boxes', () => {
  let seed = 3;
  const chance = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 150; round += 1) {
    const count = 1 + chance(40);
    const links: Link[] = Array.from({ length: chance(80) }, () => ({ from: chance(count), to: chance(count) }));
    const layout = layOut(boxes(count), links, round % 2 === 0 ? 'right' : 'down');
    expect(overlaps(layout)).toBe(0);
    expectInside(layout);
  }
});
