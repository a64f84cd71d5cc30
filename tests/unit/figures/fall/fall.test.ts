// The fall: its clock, its heights against the run's own numbers, its words, and that nothing leaves the picture.
import { describe, expect, it } from 'vitest';
import { fallCamera, noTurn } from '../../../../src/figures/fall/fall-camera.ts';
import { beatAt, fallBeats, fallMoment } from '../../../../src/figures/fall/fall-clock.ts';
import {
  fallModel,
  heightOf,
  lift,
  lightAt,
  type FallModel,
} from '../../../../src/figures/fall/fall-model.ts';
import { theFall } from '../../../../src/figures/fall/the-fall.ts';
import { smallRun } from '../drawing.ts';

function modelOf(run = smallRun()): FallModel {
  const model = fallModel(run);
  if (typeof model === 'string') throw new Error(model);
  return model;
}

describe('the clock', () => {
  it('learns, then turns to glass, then drops, and never runs back', () => {
    const moments = Array.from({ length: 101 }, (_, k) => fallMoment(k / 100));
    for (const of of ['learnt', 'glass', 'sunk'] as const)
      moments.forEach((moment, k) =>
        expect(moment[of]).toBeGreaterThanOrEqual(moments[k - 1]?.[of] ?? 0),
      );
    for (const { learnt, glass, dropped } of moments) {
      if (glass > 0) expect(learnt).toBe(1);
      if (dropped(0) > 0) expect(glass).toBeGreaterThan(0.5);
    }
    for (const rank of [0, 0.5, 1]) {
      const drops = moments.map(({ dropped }) => dropped(rank));
      drops.forEach((drop, k) => expect(drop).toBeGreaterThanOrEqual((drops[k - 1] ?? 0) - 1e-9));
      expect([drops[0], drops.at(-1)]).toEqual([0, 1]);
    }
    expect(fallBeats.map(({ from }) => beatAt(from))).toEqual(fallBeats.map(({ name }) => name));
  });
});

describe('the model', () => {
  it('stands on the evaluated heights, as logarithms', () => {
    const { loss } = smallRun().landscape!;
    const { positions } = modelOf();
    loss.forEach((value, i) => expect(positions[3 * i + 1]).toBeCloseTo(heightOf(value), 5));
  });

  it('is a whole number on each contour line, and rises with the loss', () => {
    const { loss } = smallRun().landscape!;
    const { contours, scale } = modelOf();
    const order = [...loss.keys()].sort((a, b) => loss[a]! - loss[b]!);
    order.forEach((i, k) => {
      if (k > 0) expect(contours[i]).toBeGreaterThanOrEqual(contours[order[k - 1]!]!);
      const below = scale.lines.filter(({ value }) => value <= loss[i]! * (1 + 1e-6)).length;
      expect(Math.floor(contours[i]! + 1e-5)).toBe(below);
    });
  });

  it('leads each light from its first place on the plane to its own last loss', () => {
    const run = smallRun();
    const { coordinates, trueLoss, snapshotSteps, xs } = run.landscape!;
    const model = modelOf(run);
    const networks = model.networks.length;
    const half = xs.at(-1)!;
    const last = (snapshotSteps.length - 1) * networks;
    for (let n = 0; n < networks; n++) {
      const [x, , z] = lightAt(model, n, fallMoment(0));
      expect(x).toBeCloseTo(coordinates[2 * n]! / half, 5);
      expect(z).toBeCloseTo(-coordinates[2 * n + 1]! / half, 5);
      const end = lightAt(model, n, fallMoment(1));
      expect(end[0]).toBeCloseTo(coordinates[2 * (last + n)]! / half, 5);
      expect(end[1]).toBeCloseTo(heightOf(trueLoss[last + n]!), 5);
    }
  });

  it('keeps a light on the ground under it while it learns', () => {
    const { loss, xs } = smallRun().landscape!;
    const model = modelOf();
    // Network 0 walks along the first axis, over grid points.
    const [x, y] = lightAt(model, 0, { ...fallMoment(0), learnt: 0 });
    const column = Math.round(x * xs.at(-1)! + 4);
    expect(y - lift).toBeCloseTo(heightOf(loss[4 * 9 + column]!), 5);
  });

  it('is not drawn of a run that diverged, and says why', () => {
    const run = smallRun();
    const trueLoss = run.landscape!.trueLoss.with(-1, NaN);
    const landscape = { ...run.landscape!, trueLoss };
    expect(fallModel({ ...run, landscape })).toMatch(/diverged/);
    expect(fallModel({ ...smallRun(), landscape: null })).toMatch(/when training has ended/);
  });
});

describe('the camera', () => {
  it.each([
    { width: 1440, height: 760 },
    { width: 390, height: 720 },
  ])('keeps every light in the room of $width x $height', ({ width, height }) => {
    const model = modelOf();
    const room = { left: 0.3 * width, top: 0, width: 0.7 * width, height };
    for (let k = 0; k <= 20; k++) {
      const moment = fallMoment(k / 20);
      const camera = fallCamera(model, k / 20, moment, noTurn, { width, height, room });
      model.networks.forEach((_, n) => {
        const [x, y] = camera.project(lightAt(model, n, moment));
        expect(x).toBeGreaterThan(room.left);
        expect(x).toBeLessThan(width);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(height);
      });
    }
  });
});

describe('its words', () => {
  it('say what each beat shows, with the run’s numbers', () => {
    const run = smallRun();
    const at = (share: number, selected: number | null = null): string =>
      theFall.describe(run, { ...theFall.initial, at: share, selected });
    expect(at(0)).toContain('not yet trained');
    expect(at(0.5)).toContain('their shadows have climbed');
    expect(at(1)).toContain('the network at its own loss');
    expect(at(1, 2)).toContain('Network 2:');
    expect(theFall.table!(run, theFall.initial).rows).toHaveLength(4);
  });
});
