// Truth: the formulas of scikit-learn's make_moons and make_circles, of the spirals and of exclusive or; the noise's own deviation.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDataset, type DataSources } from '../../../../src/learning/datasets/index.ts';
import type { ClassDataset } from '../../../../src/learning/datasets/dataset.ts';
import { dataDimensions } from '../../../../src/learning/data-dimensions.ts';
import { dataSchema } from '../../../../src/learning/experiment.ts';

const sources: DataSources = {
  digits: () => Promise.reject(new Error('not read here')),
  csv: () => Promise.reject(new Error('not read here')),
};

async function load(input: object, seed = 42): Promise<ClassDataset> {
  const data = await loadDataset(dataSchema.parse(input), seed, sources);
  if (data.kind !== 'classes') throw new Error('expected classes');
  return data;
}

/** `[x, y, label]` of every sample. */
const pointsOf = ({ inputs, labels }: ClassDataset) =>
  Array.from(
    labels,
    (label, i) => [inputs[2 * i], inputs[2 * i + 1], label] as [number, number, number],
  );

describe('moons', () => {
  it('lie on the two half circles of make_moons where there is no noise', async () => {
    for (const [x, y, label] of pointsOf(await load({ kind: 'moons', noise: 0, samples: 101 }))) {
      const [cos, sin] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
      expect(Math.hypot(cos, sin)).toBeCloseTo(1, 12);
      expect(sin).toBeGreaterThan(-1e-12);
    }
  });

  it('run from one end of the half circle to the other in equal steps', async () => {
    const upper = pointsOf(await load({ kind: 'moons', noise: 0, samples: 10 })).slice(0, 5);
    const angles = upper.map(([x, y]) => Math.atan2(y, x) / Math.PI);
    angles.forEach((angle, i) => expect(Math.abs(angle)).toBeCloseTo(i / 4, 12));
  });
});

describe('circles', () => {
  it('have radius 1 and the factor, and start at angle 0', async () => {
    const points = pointsOf(await load({ kind: 'circles', noise: 0, factor: 0.3, samples: 100 }));
    for (const [x, y, label] of points) expect(Math.hypot(x, y)).toBeCloseTo([1, 0.3][label]!, 12);
    expect(points[0]).toEqual([1, 0, 0]);
    // 50 equal steps go once round, and the start does not come again as the end.
    const outer = points.slice(0, 50);
    outer.forEach(([x, y], i) => {
      const [nextX, nextY] = outer[(i + 1) % 50]!;
      expect(Math.hypot(nextX - x, nextY - y)).toBeCloseTo(2 * Math.sin(Math.PI / 50), 12);
    });
  });
});

describe('spirals', () => {
  it('turn as often as asked while the radius grows to 1', async () => {
    const [turns, classes] = [1.5, 3];
    const points = pointsOf(
      await load({ kind: 'spirals', noise: 0, turns, classes, samples: 300 }),
    );
    for (const [x, y, label] of points) {
      const radius = Math.hypot(x, y);
      const t = 2 * Math.PI * (turns * radius + label / classes);
      expect(x).toBeCloseTo(radius * Math.sin(t), 12);
      expect(y).toBeCloseTo(radius * Math.cos(t), 12);
    }
    expect(Math.hypot(points[99]![0], points[99]![1])).toBeCloseTo(1, 12);
  });
});

describe('xor', () => {
  it('has class 1 exactly where the signs differ, in all four corners', async () => {
    const points = pointsOf(await load({ kind: 'xor', noise: 0, samples: 40 }));
    for (const [x, y, label] of points) expect(label).toBe(x * y < 0 ? 1 : 0);
    expect(new Set(points.map(([x, y]) => `${x},${y}`)).size).toBe(4);
  });
});

describe('blobs', () => {
  it('keep their centres when noise and samples change', async () => {
    const centre = ({ inputs }: ClassDataset) => [...inputs.subarray(0, 3)];
    const still = await load({ kind: 'blobs', noise: 0, features: 3, samples: 30 });
    const more = await load({ kind: 'blobs', noise: 0, features: 3, samples: 60 });
    expect(centre(more)).toEqual(centre(still));
    for (const x of still.inputs) expect(Math.abs(x)).toBeLessThanOrEqual(3);
  });

  it('have centres apart from one another, for every seed tried', async () => {
    for (let seed = 0; seed < 50; seed++) {
      const { inputs } = await load({ kind: 'blobs', noise: 0, samples: 9 }, seed);
      const at = (c: number) => [inputs[c * 6]!, inputs[c * 6 + 1]!];
      for (const [a, b] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const) {
        expect(Math.hypot(at(a)[0]! - at(b)[0]!, at(a)[1]! - at(b)[1]!)).toBeGreaterThan(1.2);
      }
    }
  });
});

const generated = [
  { kind: 'moons' },
  { kind: 'circles' },
  { kind: 'spirals', classes: 3 },
  { kind: 'xor' },
  { kind: 'blobs', classes: 5, features: 4 },
];

describe.each(generated)('$kind', (spec) => {
  it('adds Gaussian noise of the deviation asked for', async () => {
    const noise = 0.4;
    const still = await load({ ...spec, noise: 0, samples: 4_000 });
    const noisy = await load({ ...spec, noise, samples: 4_000 });
    const added = noisy.inputs.map((x, i) => x - (still.inputs[i] as number));
    const squares = added.reduce((sum, x) => sum + x * x, 0) / added.length;
    const within = 5 * Math.sqrt(2 / added.length);
    expect(Math.abs(squares / noise ** 2 - 1)).toBeLessThan(within);
  });

  it('is the same for the same seed and another for another', async () => {
    expect(await load(spec, 7)).toEqual(await load(spec, 7));
    expect((await load(spec, 7)).inputs).not.toEqual((await load(spec, 8)).inputs);
  });

  it('has balanced classes and finite points of the announced size, whatever the number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 8, max: 200 }),
        fc.integer({ min: 0, max: 4_294_967_295 }),
        async (samples, seed) => {
          const data = await load({ ...spec, samples }, seed);
          const sizes = data.classNames.map((_, c) => data.labels.filter((l) => l === c).length);
          // The four corners of xor are dealt to two classes.
          const most = spec.kind === 'xor' ? 2 : 1;
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(most);
          expect(data.inputs.every(Number.isFinite)).toBe(true);
          expect({
            samples: data.labels.length,
            features: data.inputs.length / data.labels.length,
            outputs: data.classNames.length,
          }).toEqual(dataDimensions(dataSchema.parse({ ...spec, samples })));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('two-weights', () => {
  it('makes the squared error of a b x exactly 1/2 (a b - 1)^2', async () => {
    const data = await loadDataset({ kind: 'two-weights' }, 1, sources);
    if (data.kind !== 'regression') throw new Error('expected regression');
    const [x, y] = [data.inputs[0] as number, data.values[0] as number];
    expect(data.values).toHaveLength(1);
    for (const [a, b] of [
      [0, 0],
      [2, -1.5],
      [0.3, 7],
      [1, 1],
    ] as const) {
      expect((a * b * x - y) ** 2).toBeCloseTo(0.5 * (a * b - 1) ** 2, 12);
    }
  });
});
