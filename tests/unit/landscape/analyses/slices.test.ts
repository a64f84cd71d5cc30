// Slices of trained networks: directions of one's own, paths of several conditions, and what is refused.
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  AnalysisContext,
  Condition,
  ReadTensors,
} from '../../../../src/landscape/analyses/analysis.ts';
import { slices } from '../../../../src/landscape/analyses/slices.ts';
import { parseStudy } from '../../../../src/landscape/study.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { analysisContext, trainCondition } from '../../../fixtures/trained-condition.ts';

const executor = await cpuExecutor();
let conditions: Condition[];
let P: number;

const settings = {
  name: 'tiny',
  data: { kind: 'moons', samples: 64 },
  hiddenSizes: [5],
  epochs: 8,
  initialisations: 3,
  snapshots: 5,
};

beforeAll(async () => {
  const { conditions: listed } = parseStudy(
    {
      ...settings,
      analyses: { ends: { kind: 'outcomes' } },
      conditions: [
        { key: 'adam' },
        { key: 'sgd', set: { optimiser: { kind: 'sgd' }, learningRate: 0.5 } },
      ],
    },
    'a test',
  );
  conditions = [];
  for (const condition of listed) conditions.push(await trainCondition(condition, executor));
  P = conditions[0]!.history.parameters;
});

const contextOf = (
  own: readonly Condition[],
  tensors: Record<string, Float32Array> = {},
): AnalysisContext => {
  const readTensors: ReadTensors = async () =>
    new Map(
      Object.entries(tensors).map(([name, values]) => [
        name,
        { shape: [values.length / P, P], values },
      ]),
    );
  return analysisContext(executor, own, { readTensors });
};

const specOf = (spec: object) => slices.schema.parse({ kind: 'slices', ...spec });
const only = () => [conditions[0]!];

describe('a slice along directions of one’s own', () => {
  const spec = () =>
    specOf({
      slices: { mine: { directions: 'user', path: 'mine.safetensors', size: 5, radius: 2 } },
    });

  it('is the loss at origin + x direction, for lengths as the author gave them', async () => {
    const direction = Float32Array.from({ length: P }, (_, p) => 0.3 * Math.cos(p));
    const origin = conditions[0]!.final.slice(P, 2 * P);
    const context = contextOf(only(), { directions: direction, origin });
    const { result } = await slices.run(context, spec());
    const { axes, loss, orthonormal } = result.slices['mine']!;
    expect([...axes[0]!.values]).toEqual([-2, -1, 0, 1, 2]);
    expect(orthonormal).toBe(false);
    const { network, experiment, data } = conditions[0]!;
    const evaluator = await createEvaluator({
      executor,
      network,
      loss: experiment.loss,
      samples: data.train,
    });
    for (const [i, x] of [-2, -1, 0, 1, 2].entries()) {
      const at = origin.map((weight, p) => weight + x * direction[p]!);
      expect(loss.values[i]! / (await evaluator.evaluate(at)).loss[0]!).toBeCloseTo(1, 5);
    }
    evaluator.dispose();
  });

  it('is refused without its tensor, or with one of another size, in a sentence', async () => {
    await expect(
      slices.run(contextOf(only(), { other: new Float32Array(P) }), spec()),
    ).rejects.toThrow(
      /mine\.safetensors has no float32 tensor "directions": expected .* its tensors are other/,
    );
    await expect(
      slices.run(contextOf(only(), { directions: new Float32Array(P + 1) }), spec()),
    ).rejects.toThrow(
      /'directions' in mine\.safetensors holds \d+ numbers, but the network has \d+ weights/,
    );
  });
});

describe('a slice across conditions', () => {
  it('marks the path of one network under each condition, from one start', async () => {
    const spec = specOf({
      across: 1,
      slices: { paths: { directions: 'pca', of: 'all-runs', size: 5 } },
    });
    const { result } = await slices.run(contextOf(conditions), spec);
    const { markers, fidelity } = result.slices['paths']!;
    expect(markers.network.values.filter((condition) => condition === 1)).toHaveLength(5);
    expect([...markers.step.values].slice(0, 4)).toEqual([0, 0, 2, 2]);
    const [x, y] = [markers.coordinates.values.slice(0, 2), markers.coordinates.values.slice(2, 4)];
    x.forEach((value, d) => expect(value).toBeCloseTo(y[d]!, 4));
    // The last marker is the second condition's end: its true loss is the curve's.
    const { curves } = conditions[1]!.history;
    expect(markers.trueLoss.values.at(-1)! / curves.trainLoss.at(-2)!).toBeCloseTo(1, 4);
    expect(fidelity.varianceShare).toBeGreaterThan(fidelity.nullShare.share);
  });

  it('is refused where conditions have not that network, or one must be named', async () => {
    const one = { paths: { directions: 'pca', size: 5 } };
    await expect(
      slices.run(contextOf(conditions), specOf({ across: 3, slices: one })),
    ).rejects.toThrow('condition "adam" trains 3 networks: expected at least 4; lower "across"');
    await expect(slices.run(contextOf(conditions), specOf({ slices: one }))).rejects.toThrow(
      /an analysis of one condition must name it: expected "condition" to be one of adam, sgd/,
    );
    await expect(
      slices.run(contextOf(conditions), specOf({ condition: 'adm', slices: one })),
    ).rejects.toThrow('there is no condition "adm": expected one of adam, sgd');
  });
});

it('the centre of a slice around a network has its loss, and Hessian planes curve more than random ones', async () => {
  const spec = specOf({
    slices: {
      random: { directions: 'random', normalise: 'none', size: 9, radius: 0.2 },
      hessian: { directions: 'hessian', size: 9, radius: 0.2 },
      line: { directions: 'hessian', dimensions: 1, size: 9, radius: 0.2 },
      volume: { directions: 'random', dimensions: 3, normalise: 'none', size: 9, radius: 0.2 },
    },
  });
  const { result } = await slices.run(contextOf(only()), spec);
  const end = conditions[0]!.history.curves.trainLoss.at(-3)!;
  const { random, hessian, line, volume } = result.slices;
  for (const { loss } of [random!, hessian!, line!, volume!])
    expect(loss.values[(loss.values.length - 1) / 2]! / end).toBeCloseTo(1, 4);
  const bend = (values: Float32Array, at: number, step: number) =>
    values[at - step]! - 2 * values[at]! + values[at + step]!;
  expect(bend(hessian!.loss.values, 40, 1)).toBeGreaterThan(2 * bend(random!.loss.values, 40, 1));
  expect([...volume!.loss.shape]).toEqual([9, 9, 9]);
  expect([...volume!.loss.values.slice(4 * 81, 5 * 81)]).toEqual([...random!.loss.values]);
  expect(line!.negativeShare).toBeNull();
});
