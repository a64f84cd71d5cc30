// The clouds under the lamp and the plane that turns, against computations of their own in double precision.
import { beforeAll, describe, expect, it } from 'vitest';
import { shadowShare, type Direction } from '../../../../src/figures/projections/lamp-share.ts';
import type { AnalysisContext, Condition } from '../../../../src/landscape/analyses/analysis.ts';
import { principalClouds } from '../../../../src/landscape/analyses/principal-clouds.ts';
import type { PrincipalCloudsResult } from '../../../../src/landscape/analyses/principal-clouds/principal-clouds-result.ts';
import { turnedPlanes } from '../../../../src/landscape/analyses/turned-planes.ts';
import {
  turnedFrames,
  type TurnSources,
} from '../../../../src/landscape/analyses/turned-planes/turned-frames.ts';
import type { TurnedPlanesResult } from '../../../../src/landscape/analyses/turned-planes/turned-planes-result.ts';
import { principalComponents } from '../../../../src/landscape/pca.ts';
import { writePoint } from '../../../../src/landscape/slices/frame.ts';
import { parseStudy } from '../../../../src/landscape/study.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { analysisContext, trainCondition } from '../../../fixtures/trained-condition.ts';

const [networks, hidden] = [12, 6];
let condition: Condition;
let context: AnalysisContext;
beforeAll(async () => {
  const study = parseStudy(
    {
      name: 'tiny',
      data: { kind: 'moons', samples: 64 },
      hiddenSizes: [hidden],
      activation: 'tanh',
      epochs: 10,
      initialisations: networks,
      snapshots: 6,
    },
    'a test',
  );
  const executor = await cpuExecutor();
  condition = await trainCondition(study.conditions[0]!, executor);
  context = analysisContext(executor, [condition]);
});

/** Sum over points `[K, P]`, from their mean, of the squared parts along orthonormal `directions` `[D, P]`. */
function heldAlong(points: Float32Array, K: number, directions: Float64Array): number {
  const P = points.length / K;
  let sum = 0;
  for (let d = 0; d < directions.length / P; d++) {
    const parts = Array.from({ length: K }, (_, k) => {
      let part = 0;
      for (let p = 0; p < P; p++) part += points[k * P + p]! * directions[d * P + p]!;
      return part;
    });
    const mean = parts.reduce((a, b) => a + b, 0) / K;
    for (const part of parts) sum += (part - mean) ** 2;
  }
  return sum;
}

describe('clouds under the lamp', () => {
  let result: PrincipalCloudsResult;
  beforeAll(async () => {
    const spec = principalClouds.schema.parse({ kind: 'principal-clouds', shuffles: 60 });
    ({ result } = await principalClouds.run(context, spec));
  });
  const lamps = (): Direction[] => {
    const random = randomStream(3, 'lamps');
    return Array.from({ length: 200 }, () => [random.normal(), random.normal(), random.normal()]);
  };

  it('hold on the wall what the weights themselves have along the wall’s two directions', () => {
    const { final } = condition;
    const P = final.length / networks;
    const { directions } = principalComponents(final, networks, P, 3);
    const identity = Float64Array.from({ length: P * P }, (_, i) => Number(i % (P + 1) === 0));
    const total = heldAlong(final, networks, identity);
    const { explained } = result.clouds.weights.cloud;
    for (const d of lamps().slice(0, 20)) {
      // What the shadow loses is the part along the light, out of the three directions of the room.
      const length = Math.hypot(...d);
      const light = Float64Array.from({ length: P }, (_, p) =>
        d.reduce((sum, part, i) => sum + (part / length) * directions[i * P + p]!, 0),
      );
      const held = heldAlong(final, networks, directions) - heldAlong(final, networks, light);
      expect(shadowShare(explained, d)).toBeCloseTo(held / total, 6);
    }
  });

  it.each(['weights', 'predictions'] as const)('%s: no lamp does better than PCA', (name) => {
    const { explained } = result.clouds[name].cloud;
    const best = shadowShare(explained, [0, 0, 1]);
    expect(best).toBeCloseTo(explained[0]! + explained[1]!, 12);
    for (const d of lamps()) expect(shadowShare(explained, d)).toBeLessThanOrEqual(best);
    expect(shadowShare(explained, [1, 0, 0])).toBeCloseTo(explained[1]! + explained[2]!, 12);
  });

  it('give the spread of the weights as it is', () => {
    const { final } = condition;
    const P = final.length / networks;
    const identity = Float64Array.from({ length: P * P }, (_, i) => Number(i % (P + 1) === 0));
    const squares = heldAlong(final, networks, identity) / networks;
    expect(result.clouds.weights.cloud.spread).toBeCloseTo(Math.sqrt(squares), 5);
    expect(result.clouds.weights.cloud.negativeShare).toBeLessThan(1e-9);
    // Shuffling within a weight keeps its variance.
    expect(result.clouds.weights.shuffled.spread).toBeCloseTo(Math.sqrt(squares), 5);
  });

  it('keep all shuffles, with their mean and their middle 95 of 100', () => {
    const { chance, chanceMean, chanceRange, shuffled } = result.clouds.predictions;
    const shares = [...chance.values];
    expect(shares).toHaveLength(60);
    expect(chanceMean).toBeCloseTo(shares.reduce((a, b) => a + b, 0) / 60, 6);
    expect(shares.filter((share) => share < chanceRange[0] - 1e-6).length).toBe(2);
    expect(shares.filter((share) => share > chanceRange[1] + 1e-6).length).toBe(2);
    expect(shuffled.explained[0]! + shuffled.explained[1]!).toBeCloseTo(shares[0]!, 6);
  });
});

describe('the turned plane', () => {
  let result: TurnedPlanesResult;
  let sources: TurnSources;
  const steps = 3;
  const size = 7;
  beforeAll(async () => {
    const spec = turnedPlanes.schema.parse({ kind: 'turned-planes', steps, size });
    ({ result } = await turnedPlanes.run(context, spec));
    const { final } = condition;
    const P = final.length / networks;
    sources = {
      snapshots: result.snapshots.values,
      others: final.slice(P, 3 * P),
      sharpest: result.sharpest.values,
      parameters: P,
      steps,
      size,
    };
  });

  /** Mean cross-entropy of the network 2-6-2 with tanh, in double precision. */
  function lossAt(weights: ArrayLike<number>): number {
    const { inputs, targets, count } = condition.data.train;
    const biasAt = 2 * hidden;
    const outAt = biasAt + hidden;
    let sum = 0;
    for (let s = 0; s < count; s++) {
      const units = Array.from({ length: hidden }, (_, u) =>
        Math.tanh(
          inputs[2 * s]! * weights[u]! +
            inputs[2 * s + 1]! * weights[hidden + u]! +
            weights[biasAt + u]!,
        ),
      );
      const logits = [0, 1].map((c) =>
        units.reduce(
          (z, unit, u) => z + unit * weights[outAt + 2 * u + c]!,
          weights[outAt + 2 * hidden + c]!,
        ),
      );
      const top = Math.max(...logits);
      const norm = top + Math.log(logits.reduce((a, z) => a + Math.exp(z - top), 0));
      for (const c of [0, 1]) sum += targets[2 * s + c]! * (norm - logits[c]!);
    }
    return sum / count;
  }

  it('has on every plane the loss that the networks there have', () => {
    const axis = result.axis.values;
    const point = new Float32Array(sources.parameters);
    for (const [t, frame] of turnedFrames(sources).entries())
      for (const [row, column] of [
        [0, 0],
        [3, 3],
        [5, 1],
        [6, 4],
      ] as const) {
        writePoint(frame, [axis[column]!, axis[row]!], point, 0);
        const kept = result.losses.values[(t * size + row) * size + column]!;
        expect(Math.abs(kept / lossAt(point) - 1)).toBeLessThan(1e-4);
      }
    expect(result.centreLoss).toBeCloseTo(lossAt(turnedFrames(sources)[0]!.origin), 5);
  });

  it('has the curvature of a second difference along both directions', () => {
    const h = 1e-3;
    for (const [t, { origin, basis }] of turnedFrames(sources).entries())
      for (const d of [0, 1]) {
        const along = (by: number) =>
          lossAt(Float64Array.from(origin, (w, p) => w + by * basis[d * sources.parameters + p]!));
        const second = (along(h) - 2 * along(0) + along(-h)) / h ** 2;
        expect(result.curvature.values[2 * t + d]!).toBeCloseTo(second, 3);
      }
  });

  it('begins at the sharpest directions, passes the walk’s own and ends on three solutions', () => {
    const share = result.walkShare.values;
    expect(share[steps]).toBe(Math.max(...share));
    const off = result.othersOff.values;
    expect(Math.max(off.at(-1)!, off.at(-2)!)).toBeLessThan(1e-5);
    expect(Math.min(off[0]!, off[1]!)).toBeGreaterThan(0.5);
    const [across, up] = result.stations.sharpest.curvature;
    expect(across).toBeGreaterThanOrEqual(up);
    expect(across).toBe(Math.max(...result.curvature.values));
  });

  it('refuses a network that there is not', () => {
    const spec = turnedPlanes.schema.parse({ kind: 'turned-planes', towards: [1, 40] });
    expect(() => turnedPlanes.check(context, spec)).toThrow('networks');
  });
});
