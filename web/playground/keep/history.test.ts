import { describe, expect, test } from '@jest/globals';
import { limits, versionsToDrop } from './history.js';
import { newProject } from '../../project/read-project.js';
import type { Reason, Version } from './snippet.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = 1_800_000_000_000;

function version(ago: number, { reason = 'edited', size = 10 }: { reason?: Reason; size?: number } = {}): Version {
  return { snippet: 'x', at: now - ago, reason, project: newProject('x', 'x'.repeat(size)) };
}

const kept = (versions: Version[], bounds = limits): number[] => {
  const drop = new Set(versionsToDrop(versions, now, bounds));
  return versions.map(({ at }) => at).filter((at) => !drop.has(at)).map((at) => now - at).sort((a, b) => a - b);
};

describe('a history', () => {
  test('keeps all of the last hour', () => {
    expect(kept([version(0), version(1_000), version(2_000), version(59 * minute)])).toHaveLength(4);
  });

  test('is thinner the older it is', () => {
    const everyMinute = Array.from({ length: 60 * 24 * 3 }, (_, index) => version(index * minute));
    const left = kept(everyMinute, { versions: 10_000, characters: Infinity });
    const between = (from: number, to: number): number => left.filter((ago) => ago > from && ago <= to).length;
    expect(between(0, hour)).toBe(60);
    expect(between(hour, day)).toBeLessThanOrEqual(23 * 6);
    expect(between(hour, day)).toBeGreaterThan(22 * 6);
    expect(between(day, 3 * day)).toBeLessThanOrEqual(24);
    expect(between(day, 3 * day)).toBeGreaterThan(20);
  });

  test('does not change when it is thinned once more', () => {
    const versions = Array.from({ length: 2_000 }, (_, index) => version(index * 7 * minute));
    const drop = new Set(versionsToDrop(versions, now));
    const left = versions.filter(({ at }) => !drop.has(at));
    expect(versionsToDrop(left, now)).toEqual([]);
  });

  test('keeps what another tab wrote, however close it lies to others', () => {
    const other = version(5 * hour + 1, { reason: 'other-tab' });
    expect(kept([version(5 * hour), other, version(5 * hour + 2)])).toContain(now - other.at);
  });

  test('is bounded in number', () => {
    const versions = Array.from({ length: 500 }, (_, index) => version(index * 1_000));
    expect(kept(versions)).toHaveLength(limits.versions);
    expect(kept(versions)[0]).toBe(0);
  });

  test('is bounded in size, but never without its newest version', () => {
    expect(kept([version(0, { size: 60 }), version(1, { size: 60 })], { versions: 9, characters: 100 })).toEqual([0]);
    expect(kept([version(0, { size: 600 })], { versions: 9, characters: 100 })).toEqual([0]);
  });
});
