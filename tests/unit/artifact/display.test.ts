import { gunzipSync, gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeCurves, encodeCurves } from '../../../src/artifact/display-curves.ts';
import { decodeData, encodeData } from '../../../src/artifact/display-data.ts';
import { joinResult } from '../../../src/artifact/result-tree.ts';
import { decodeShownTensors } from '../../../src/artifact/result-tensors.ts';
import { encodeResult } from '../../../src/artifact/result-files.ts';
import { decodeSafetensors } from '../../../src/artifact/safetensors.ts';
import { boundarySize } from '../../../src/landscape/analyses/boundaries.ts';
import {
  boundariesFrom,
  boundariesResult,
  type BoundariesResult,
} from '../../../src/landscape/analyses/boundaries/boundaries-result.ts';
import {
  landscapeFrom,
  landscapeResult,
  thinned,
  type LandscapeResult,
} from '../../../src/landscape/analyses/landscape/landscape-result.ts';
import type { Boundaries } from '../../../src/landscape/boundaries.ts';
import type { Landscape } from '../../../src/landscape/landscape.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import type { PreparedData } from '../../../src/learning/samples.ts';
import { data, history, landscape, plane, run } from './a-run.ts';

const figureBudget = 200_000;

/** The page's file of a result, and the result as the page reads it. */
function asShown(result: unknown, shown = result): { bytes: Uint8Array; again: unknown } {
  const { json, shown: bytes } = encodeResult(result, shown);
  const plain: unknown = JSON.parse(JSON.stringify(json));
  return { bytes, again: joinResult(plain, decodeShownTensors(bytes, 'test'), 'test') };
}

const shownBoundaries = (boundaries: Boundaries): Boundaries =>
  boundariesFrom(asShown(boundariesResult(boundaries)).again as BoundariesResult)!;

function shownLandscape(made: Landscape) {
  const result = landscapeResult(made, plane);
  const { bytes, again } = asShown(result, thinned(result));
  return { bytes, decoded: landscapeFrom(again as LandscapeResult) };
}

function expectClose(actual: Float32Array | null, expected: Float32Array | null, relative: number) {
  expect(actual?.length).toBe(expected?.length);
  expected?.forEach((value, i) => {
    const found = actual?.[i] as number;
    if (Number.isFinite(value) && value !== 0) {
      expect(Math.abs(found - value)).toBeLessThanOrEqual(relative * Math.abs(value));
    } else {
      expect(found).toBe(value);
    }
  });
}

describe('the display of curves', () => {
  it('gives back what the eye can tell, NaN of a diverged network included', () => {
    const decoded = decodeCurves(encodeCurves(history.curves), 'test');
    expect(decoded.steps).toEqual(history.curves.steps);
    expect(decoded.epochs).toEqual(history.curves.epochs);
    expect(decoded.trainLoss.at(-1)).toBeNaN();
    expect(decoded.testAccuracy).toBeNull();
    for (const name of ['trainLoss', 'testLoss', 'trainAccuracy', 'gradientNorm'] as const) {
      expectClose(decoded[name], history.curves[name], 2e-3);
    }
  });

  it('stays within the budget of a figure for 1,000 networks, first and last record kept', () => {
    const records = 101;
    const networks = 1000;
    const values = new Float32Array(records * networks).map((_, i) => 1 / (1 + i));
    const many = {
      steps: Int32Array.from({ length: records }, (_, i) => 3 * i),
      epochs: Float32Array.from({ length: records }, (_, i) => i),
      trainLoss: values,
      trainAccuracy: values,
      testLoss: values,
      testAccuracy: values,
      gradientNorm: values,
    };
    const bytes = encodeCurves(many);
    expect(bytes.length).toBeLessThan(figureBudget);
    const decoded = decodeCurves(bytes, 'test');
    expect(decoded.steps[0]).toBe(0);
    expect(decoded.steps.at(-1)).toBe(300);
    expectClose(decoded.trainLoss.subarray(-networks), values.subarray(-networks), 1e-3);
  });
});

describe('the display of boundaries', () => {
  it('keeps classes exactly and probabilities to 1/250', () => {
    const boundaries = run.boundaries as NonNullable<typeof run.boundaries>;
    const decoded = shownBoundaries(boundaries);
    expect(decoded.extent).toEqual(boundaries.extent);
    expect(decoded.size).toBe(boundaries.size);
    expect(decoded.classes).toEqual(boundaries.classes);
    boundaries.probability.forEach((value, i) => {
      expect(Math.abs((decoded.probability[i] as number) - value)).toBeLessThan(1 / 250);
    });
  });

  it('keeps more than two classes exactly', () => {
    const classes = Uint8Array.from({ length: 32 }, (_, i) => i % 5);
    const boundaries = {
      extent: [0, 1, 0, 1] as const,
      size: 4,
      classes,
      probability: new Float32Array(32).fill(NaN),
    };
    const decoded = shownBoundaries(boundaries);
    expect(decoded.classes).toEqual(classes);
    expect(decoded.probability).toEqual(boundaries.probability);
  });

  it.each([
    [1, 2],
    [50, 2],
    [50, 5],
    [1000, 2],
  ])('of %i networks and %i classes fits a figure', (networks, classes) => {
    const size = boundarySize(networks, classes);
    const points = networks * size * size;
    const { bytes } = asShown(
      boundariesResult({
        extent: [0, 1, 0, 1],
        size,
        classes: new Uint8Array(points).fill(classes - 1),
        probability: new Float32Array(points),
      }),
    );
    // Classes are a byte a point before they are zipped; two of them take a bit.
    expect(gzipSync(bytes).length).toBeLessThan(figureBudget);
  });
});

describe('the display of a landscape', () => {
  it('gives back what the eye can tell, infinite heights included', () => {
    const { decoded } = shownLandscape(landscape);
    const { kind, method, explainedVariance, nullExplainedVariance, xs, ys } = landscape;
    expect(decoded).toMatchObject({
      kind,
      method,
      explainedVariance,
      nullExplainedVariance,
      xs,
      ys,
    });
    expect(decoded.loss[3]).toBe(Infinity);
    for (const name of ['loss', 'testLoss', 'trueLoss', 'planeLoss', 'offPlane'] as const) {
      expectClose(decoded[name], landscape[name], 2e-3);
    }
    const range = Math.max(...landscape.coordinates) - Math.min(...landscape.coordinates);
    landscape.coordinates.forEach((value, i) => {
      expect(Math.abs((decoded.coordinates[i] as number) - value)).toBeLessThan(range / 60_000);
    });
  });

  it('of 401 by 401 points and 1,000 snapshots of 200 networks fits a figure', () => {
    const side = 401;
    const markers = 1000 * 200;
    const axis = Float32Array.from({ length: side }, (_, i) => i);
    const surface = new Float32Array(side * side).map((_, i) => 1 + i);
    const large = {
      ...landscape,
      snapshotSteps: Int32Array.from({ length: 1000 }, (_, i) => i),
      coordinates: new Float32Array(markers * 2),
      offPlane: new Float32Array(markers),
      trueLoss: new Float32Array(markers),
      planeLoss: new Float32Array(markers),
      xs: axis,
      ys: axis,
      loss: surface,
      testLoss: surface,
      accuracy: surface,
    };
    const { bytes, decoded } = shownLandscape(large);
    expect(bytes.length).toBeLessThan(figureBudget);
    expect(decoded.xs[0]).toBe(0);
    expect(decoded.xs.at(-1)).toBe(400);
    expect(decoded.snapshotSteps.at(-1)).toBe(999);
    // A height stays at its place: row times 401 plus column, plus 1.
    const [x, y] = [decoded.xs[5] as number, decoded.ys[7] as number];
    const height = decoded.loss[7 * decoded.xs.length + 5] as number;
    expect(Math.abs(height / (1 + y * side + x) - 1)).toBeLessThan(1e-3);
  });
});

describe('the display of data', () => {
  const facts = ({ features, outputs, featureNames, classNames, normalisation }: PreparedData) => ({
    features,
    outputs,
    featureNames,
    classNames,
    normalisation,
  });

  it('is exact for small sets', () => {
    expect(decodeData(encodeData(data), facts(data), 'test')).toEqual(data);
  });

  it('keeps the digits pixel for pixel, within a figure', async () => {
    const packed = readFileSync(new URL('../../../public/datasets/digits.csv.gz', import.meta.url));
    const text = gunzipSync(packed).toString('utf8');
    const digits = await prepareData(experimentSchema.parse({ data: { kind: 'digits' } }), {
      digits: () => Promise.resolve(text),
      csv: () => Promise.reject(new Error('not asked for')),
    });
    const bytes = encodeData(digits);
    expect(bytes.length).toBeLessThan(figureBudget);
    expect(decodeSafetensors(bytes, 'test').tensors.get('train.wholeInputs')?.dtype).toBe('U8');
    const decoded = decodeData(bytes, facts(digits), 'test');
    expect(decoded.train.labels).toEqual(digits.train.labels);
    expect(decoded.test.targets).toEqual(digits.test.targets);
    digits.train.inputs.forEach((value, i) => {
      expect(Math.abs((decoded.train.inputs[i] as number) - value)).toBeLessThan(1e-4);
    });
  });

  it('thins large sets to the budget of a figure, labels beside their samples', () => {
    const count = 60_000;
    const inputs = Float32Array.from({ length: count * 3 }, (_, i) => Math.sin(i));
    const labels = Int32Array.from({ length: count }, (_, i) => (Math.sin(3 * i) > 0 ? 1 : 0));
    const targets = Float32Array.from({ length: count * 2 }, (_, i) =>
      labels[i >> 1] === (i & 1) ? 1 : 0,
    );
    const large: PreparedData = {
      features: 3,
      outputs: 2,
      featureNames: ['a', 'b', 'c'],
      classNames: ['0', '1'],
      normalisation: { mean: new Float32Array(3), scale: new Float32Array(3).fill(1) },
      train: { count, inputs, targets, labels },
      test: {
        count: 0,
        inputs: new Float32Array(0),
        targets: new Float32Array(0),
        labels: new Int32Array(0),
      },
    };
    const bytes = encodeData(large);
    expect(bytes.length).toBeLessThan(figureBudget);
    const { train, test } = decodeData(bytes, facts(large), 'test');
    expect(test.count).toBe(0);
    expect(train.count).toBeGreaterThan(10_000);
    train.labels?.forEach((label, i) => {
      const first = train.inputs[3 * i] as number;
      if (Math.abs(first) > 1e-3) expect(label).toBe(first > 0 ? 1 : 0);
    });
  });

  it('refuses a label that is no class', () => {
    const wrong = {
      ...data,
      train: { ...data.train, labels: data.train.labels?.map(() => 9) ?? null },
    };
    expect(() => decodeData(encodeData(wrong), facts(data), 'data')).toThrow(
      /data: label 9 of train sample 0 is not one of 2 classes/,
    );
  });
});
