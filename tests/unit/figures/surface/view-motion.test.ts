// The way between two views: it starts and ends where it should, and never goes the long way round.
import { describe, expect, it } from 'vitest';
import { viewBetween } from '../../../../src/figures/surface/view-motion.ts';

const from = { azimuth: 3, elevation: 0.3, zoom: 2 };
const target = { azimuth: -3, elevation: 0.9, zoom: 1 };

describe('the way between two views', () => {
  it('starts where the reader stands, but for whole turns, and ends at the target exactly', () => {
    const start = viewBetween(from, target, 0);
    expect(Math.cos(start.azimuth)).toBeCloseTo(Math.cos(from.azimuth), 12);
    expect(Math.sin(start.azimuth)).toBeCloseTo(Math.sin(from.azimuth), 12);
    expect([start.elevation, start.zoom]).toEqual([expect.closeTo(0.3, 12), 2]);
    expect(viewBetween(from, target, 1)).toEqual(target);
  });

  it('never turns by more than half a turn, however often the reader went round', () => {
    for (const azimuth of [-20, -3, 0, 0.1, 3, 6, 50]) {
      const start = viewBetween({ ...from, azimuth }, target, 0);
      expect(Math.abs(start.azimuth - target.azimuth)).toBeLessThanOrEqual(Math.PI + 1e-12);
    }
  });

  it('slows down: after half of the time an eighth of the way is left', () => {
    const { elevation, zoom } = viewBetween(from, target, 0.5);
    expect(elevation).toBeCloseTo(0.9 - 0.6 / 8, 12);
    expect(zoom).toBeCloseTo(1 + 1 / 8, 12);
  });
});
