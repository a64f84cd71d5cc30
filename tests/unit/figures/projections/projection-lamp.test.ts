// The lamp's rooms: shadows, what the walls count, where best and worst place are, and how a hand finds them.
import { beforeAll, describe, expect, it } from 'vitest';
import { load } from '../../../../src/artifact/load.ts';
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import {
  bestPlace,
  betweenLamps,
  heldBy,
  lampPlaceOf,
  lampViewOf,
  mostOf,
  worstPlace,
  type LampState,
  type LampView,
} from '../../../../src/figures/projections/lamp-data.ts';
import {
  degreesApart,
  dot,
  drawn,
  farthest,
  hang,
  lampDirection,
  placeOf,
  placeUnder,
  room,
} from '../../../../src/figures/projections/lamp-room.ts';
import { projectionLamp } from '../../../../src/figures/projections/projection-lamp.ts';
import { keptDataFolder } from '../../../../src/site/gallery/kept-data.ts';
import { readFile } from 'node:fs/promises';
import { drawStill } from '../drawing.ts';

let data: StudyDisplay;
beforeAll(async () => {
  const read = async (path: string) => new Uint8Array(await readFile(`${keptDataFolder}/${path}`));
  data = await load('fifty', read, ['principal-clouds']);
});

const stateOf = (state: Partial<LampState>): LampState => ({ ...projectionLamp.initial, ...state });
function viewOf(state: Partial<LampState> = {}): LampView {
  const view = lampViewOf(data, stateOf(state));
  if (typeof view === 'string') throw new Error(view);
  return view;
}
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

describe('the room of the lamp', () => {
  it('hangs a cloud on axes at right angles, its best place where it is wanted', () => {
    const axes = hang({ across: -38, up: 22 }, { across: 50, up: 6 });
    for (const [i, a] of axes.entries())
      for (const [j, b] of axes.entries()) expect(dot(a, b)).toBeCloseTo(Number(i === j), 12);
    const best = placeOf(axes[2]);
    expect(best.across).toBeCloseTo(-38, 9);
    expect(best.up).toBeCloseTo(22, 9);
  });

  it('puts the lamp under the finger, wherever that is within reach', () => {
    for (const place of [
      { across: 0, up: 0 },
      { across: 50, up: 30 },
      { across: -62, up: -25 },
    ]) {
      const [x, y] = drawn(lampDirection(place));
      const found = placeUnder([room.lamp * x, room.lamp * y]);
      expect(found.across).toBeCloseTo(place.across, 6);
      expect(found.up).toBeCloseTo(place.up, 6);
    }
    const far = placeUnder([9, 0]);
    expect(Math.abs(far.across)).toBeLessThanOrEqual(farthest.across);
    expect(Math.abs(far.up)).toBeLessThanOrEqual(farthest.up);
  });

  it('lets a hand reach both places of both clouds', () => {
    const { cloud, nothing } = viewOf();
    for (const place of [bestPlace(cloud), worstPlace(cloud), bestPlace(nothing)]) {
      expect(Math.abs(place.across)).toBeLessThan(farthest.across);
      expect(Math.abs(place.up)).toBeLessThan(farthest.up);
    }
    expect(degreesApart(bestPlace(cloud), bestPlace(nothing))).toBeGreaterThan(40);
    // Chapter 4 puts the lamp there by hand.
    expect(degreesApart(bestPlace(nothing), { across: 30, up: -24 })).toBeLessThan(1e-6);
  });
});

describe('the lamp', () => {
  it('says how far distances between answers are from those of points', () => {
    const fidelity = (cloud: 'predictions' | 'weights') =>
      projectionLamp.fidelity!(data, stateOf({ cloud })).join(' ');
    expect(fidelity('predictions')).toContain('of the spread fits none');
    expect(fidelity('weights')).not.toContain('fits none');
  });

  it('counts most at its best place, and least at its worst', () => {
    for (const cloud of ['predictions', 'weights'] as const) {
      const view = viewOf({ cloud });
      const [best, worst] = [bestPlace(view.cloud), worstPlace(view.cloud)];
      expect(heldBy(view.cloud, best)).toBeCloseTo(mostOf(view.cloud), 12);
      for (let across = -75; across <= 75; across += 15)
        for (let up = -40; up <= 40; up += 10) {
          const held = heldBy(view.cloud, { across, up });
          expect(held).toBeLessThanOrEqual(mostOf(view.cloud) + 1e-12);
          expect(held).toBeGreaterThanOrEqual(heldBy(view.cloud, worst) - 1e-12);
        }
    }
  });

  it('casts a shadow of each network in both rooms, and writes what the walls hold', () => {
    const { all, texts } = drawStill(projectionLamp, data, { place: 'best' });
    const view = viewOf({ place: 'best' });
    expect(all('.lamp-shadow')).toHaveLength(2 * view.networks.length);
    expect(all('.lamp-network')).toHaveLength(2 * view.networks.length);
    expect(texts()).toContain(percent(mostOf(view.cloud)));
    expect(texts()).toContain(percent(heldBy(view.nothing, view.lamp)));
  });

  it('spreads the shadows as much as it counts: variance on the wall over that in the room', () => {
    const spread = (state: Partial<LampState>): number => {
      const shadows = drawStill(projectionLamp, data, { ...state, beside: 'best' }).all(
        '.lamp-shadow',
      );
      const own = shadows.slice(0, shadows.length / 2);
      return ['cx', 'cy'].reduce((sum, axis) => {
        const at = own.map((shadow) => Number(shadow.getAttribute(axis)));
        const mean = at.reduce((a, b) => a + b, 0) / at.length;
        return sum + at.reduce((a, b) => a + (b - mean) ** 2, 0);
      }, 0);
    };
    const { cloud } = viewOf();
    const hand = { place: 'hand', across: 12, up: -20 } as const;
    const counted = heldBy(cloud, lampPlaceOf(stateOf(hand))) / mostOf(cloud);
    expect(spread(hand) / spread({ place: 'best' })).toBeCloseTo(counted, 2);
  });

  it('draws the bad and the best place side by side', () => {
    const texts = drawStill(projectionLamp, data, { place: 'worst', beside: 'best' }).texts();
    const { cloud } = viewOf();
    expect(texts).toContain(percent(heldBy(cloud, worstPlace(cloud))));
    expect(texts).toContain(percent(mostOf(cloud)));
  });

  it('says that the weights hold no more than chance, and the answers far more', () => {
    const weights = viewOf({ cloud: 'weights' }).measured;
    expect(mostOf(weights.cloud)).toBeLessThan(weights.chanceRange[1]);
    const answers = viewOf({ cloud: 'predictions' }).measured;
    expect(mostOf(answers.cloud)).toBeGreaterThan(5 * answers.chanceRange[1]);
    const words = projectionLamp.describe(data, stateOf({ cloud: 'weights', place: 'best' }));
    expect(words).toContain('at its best place');
    expect(words).toContain(percent(weights.chanceRange[1]));
  });

  it('walks from place to place, and stands while only the cloud changes', () => {
    const [from, to] = [stateOf({ place: 'worst' }), stateOf({ place: 'best' })];
    const half = betweenLamps(from, to, 0.5)!;
    const { cloud } = viewOf();
    expect(half.across).toBeCloseTo((bestPlace(cloud).across + worstPlace(cloud).across) / 2, 9);
    expect(betweenLamps(to, stateOf({ place: 'hand' }), 0)!.up).toBeCloseTo(bestPlace(cloud).up, 9);
    expect(betweenLamps(to, { ...to, cloud: 'weights' }, 0.5)).toBeNull();
  });
});
