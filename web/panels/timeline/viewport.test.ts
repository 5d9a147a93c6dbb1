import { describe, expect, test } from '@jest/globals';
import { Viewport } from './viewport.js';

function make(): Viewport {
  const viewport = new Viewport(10);
  viewport.setWhole(0, 1000);
  return viewport;
}
const span = ({ from, to }: Viewport): [number, number] => [from, to];

describe('the part of the timeline in sight', () => {
  test('is all of it, also when it grows', () => {
    const viewport = make();
    viewport.setWhole(0, 2000);
    expect(span(viewport)).toEqual([0, 2000]);
  });

  test('zooms around a point, which stays where it is', () => {
    const viewport = make();
    viewport.zoom(2, 0.25);
    expect(span(viewport)).toEqual([125, 625]);
  });

  test('does not zoom closer than there is something to see, nor out of everything', () => {
    const viewport = make();
    viewport.zoom(1e9, 0.5);
    expect(viewport.to - viewport.from).toBeCloseTo(10);
    viewport.zoom(1e-9, 0.5);
    expect(span(viewport)).toEqual([0, 1000]);
  });

  test('pans as far as there is something, and keeps its length', () => {
    const viewport = make();
    viewport.zoom(4, 0);
    viewport.pan(0.5);
    expect(span(viewport)).toEqual([125, 375]);
    viewport.pan(100);
    expect(span(viewport)).toEqual([750, 1000]);
    viewport.pan(-100);
    expect(span(viewport)).toEqual([0, 250]);
  });

  test('stays where it was put while the program goes on', () => {
    const viewport = make();
    viewport.zoom(4, 0);
    viewport.setWhole(0, 5000);
    expect(span(viewport)).toEqual([0, 250]);
  });

  test('follows the newest when asked to, also through a zoom', () => {
    const viewport = make();
    viewport.zoom(4, 0);
    viewport.followNewest();
    viewport.setWhole(0, 3000);
    expect(span(viewport)).toEqual([2750, 3000]);
    viewport.zoom(2, 0.1);
    expect(span(viewport)).toEqual([2875, 3000]);
    expect(viewport.follow).toBe('newest');
  });

  test('moves only as far as needed to show a position', () => {
    const viewport = make();
    viewport.zoom(10, 0);
    viewport.reveal(50);
    expect(span(viewport)).toEqual([0, 100]);
    viewport.reveal(500);
    expect(span(viewport)).toEqual([450, 550]);
  });

  test('keeps to what is left when the oldest is dropped', () => {
    const viewport = make();
    viewport.zoom(10, 0);
    viewport.setWhole(600, 1600);
    expect(span(viewport)).toEqual([600, 700]);
  });
});
